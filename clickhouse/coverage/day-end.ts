import { DAY_MS } from '#domain/day.ts';

/** In SQL, when a UTC day ends, in unix milliseconds as versions are: what began to be read before has a part of it. */
export const dayEnd = (day: string) => `(toUInt64(${day}) + 1) * ${DAY_MS}`;
