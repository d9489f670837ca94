import { toUnix } from './days.ts';
import type { Problem } from './problem.ts';

/** Dimensions that some windows and some organizations are refused, in the order in which they are given up. */
export const OPTIONAL_DIMENSIONS = ['user_id', 'api_key_id'] as const;

/** What a 400 was about; holds nothing of the provider's text but a checked date and names of ours. */
export type Refusal =
  | { about: 'lookback'; earliest: string | undefined }
  | { about: 'limit' }
  | { about: 'end_time' }
  | { about: 'dimensions'; named: string[] }
  | { about: 'unknown' }; // dimensions are the usual reason

const LOOKBACK = /reporting_lookback_exceeded|earliest supported start/;
// "Supported values are 'project_id', 'api_key_id'": a list of what would be right says nothing about what is wrong.
const LIST_OF_RIGHT_VALUES =
  /\b((supported|allowed|valid|permitted|available) (values?|fields?|dimensions?|options?|group)|one of|expected)\b.*/s;

/** Which part of a refused request was at fault. */
export function readRefusal({ code, param, message }: Problem): Refusal {
  if (LOOKBACK.test(`${code} ${message}`)) return { about: 'lookback', earliest: earliestDay(message) };
  if (param === 'limit') return { about: 'limit' };
  if (param === 'end_time') return { about: 'end_time' };

  const accused = `${param} ${message.replace(LIST_OF_RIGHT_VALUES, '')}`;
  const named = OPTIONAL_DIMENSIONS.filter((dimension) => accused.includes(dimension));
  if (named.length > 0) return { about: 'dimensions', named };
  if (/\blimit\b/.test(accused)) return { about: 'limit' };
  if (/\bend_time\b/.test(accused)) return { about: 'end_time' };
  return { about: 'unknown' };
}

/** The date after the word "earliest": the message may name the refused start too. */
function earliestDay(message: string): string | undefined {
  const day = /earliest.*?(\d{4}-\d\d-\d\d)/s.exec(message)?.[1];
  if (day === undefined) return undefined;
  try {
    toUnix(day);
    return day;
  } catch {
    return undefined;
  }
}
