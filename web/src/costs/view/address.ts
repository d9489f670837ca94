/** The address of the view, for others: without what stands behind a #, which may be a token. */
export const addressOfView = () => location.origin + location.pathname + location.search;
