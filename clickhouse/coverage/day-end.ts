export const DAY_MS = 86_400_000;

/** In SQL, when a UTC day ends, in unix milliseconds as versions are: what began to be read before has a part of it. */
export const dayEnd = (day: string) => `(toUInt64(${day}) + 1) * ${DAY_MS}`;
