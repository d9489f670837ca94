const DAY_MS = 86_400_000;

/** The UTC day after the one that a moment is in: the open end of a range up to today. */
export const dayAfter = (moment: Date) => new Date(moment.getTime() + DAY_MS).toISOString().slice(0, 10);
