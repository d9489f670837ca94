import type { Overview } from '#api/routes/overview/get-overview.ts';
import { ApiError } from '../api/client.ts';

const PARTS = ['alerts', 'budgets', 'limits'] as const;
type Part = (typeof PARTS)[number];
type Fetched = { overview: Overview | undefined; error: Error | undefined };

/** What is said in a part's own place, where the API could read all but it: the overview is asked for again by itself. */
export const NOT_READ = new ApiError({
  status: 503,
  title: 'This could not be read',
  detail: 'The page tries again by itself. If that does not help, the log of the API says why.',
});

/** A part of the overview that may be missing in it, or why there is none. */
export function partOf<P extends Part>(part: P, { overview, error }: Fetched) {
  const read = overview?.[part];
  return { data: read ?? undefined, error: read === null ? NOT_READ : error };
}

/** Whether the API could not read all parts. */
export const lacksPart = (overview: Overview | undefined): boolean => PARTS.some((part) => overview?.[part] === null);
