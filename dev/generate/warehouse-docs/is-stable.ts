/** A view or column that may change says so in its comment; a column of such a view may, too. */
export const isStable = ({ comment }: { comment: string }) => !comment.includes('Not stable');
