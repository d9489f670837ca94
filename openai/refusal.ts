import { toUnix } from './days.ts';
import type { Problem } from './problem.ts';
import { USAGE_DIMENSIONS } from './usage-endpoints.ts';

const DIMENSIONS = ['line_item', ...USAGE_DIMENSIONS];

/** What a 400 was about; holds nothing of the provider's text but a checked date and names of ours. */
export type Refusal =
  | { about: 'lookback'; earliest: string | undefined }
  | { about: 'limit' }
  | { about: 'end_time' }
  | { about: 'dimensions'; named: string[] }
  | { about: 'group_by' } // the parameter itself, not what it says
  | { about: 'unknown' }; // dimensions are the usual reason

const UNKNOWN_PARAMETER = /\b(unknown|unrecogni[sz]ed|unexpected|unsupported)[ _](query[ _])?(param|arg|key|field)/;
const LOOKBACK = /reporting_lookback_exceeded|earliest supported start/;
// "Supported values are 'project_id', 'api_key_id'": a list of what would be right says nothing about what is wrong.
const LIST_OF_RIGHT_VALUES =
  /(?<!\bnot an? )\b((supported|allowed|valid|permitted|available) (values?|fields?|dimensions?|options?|group\w*)|one of|expected)\b.*/s;

/** Which part of a refused request was at fault. */
export function readRefusal({ code, param, message }: Problem): Refusal {
  if (LOOKBACK.test(`${code} ${message}`)) return { about: 'lookback', earliest: earliestDay(message) };
  if (param === 'limit') return { about: 'limit' };
  if (param === 'end_time') return { about: 'end_time' };

  const accused = `${param} ${message.replace(LIST_OF_RIGHT_VALUES, '')}`;
  const named = DIMENSIONS.filter((dimension) => new RegExp(`\\b${dimension}\\b`).test(accused));
  // "model", "size" and the like are words of any sentence; with an underscore, a name can be nothing else.
  const aboutGrouping = param.startsWith('group') || named.some((dimension) => dimension.includes('_'));
  if (named.length > 0 && aboutGrouping) return { about: 'dimensions', named };
  const isUnknown = UNKNOWN_PARAMETER.test(`${code} ${message}`);
  if (accused.includes('group_by[]') || (isUnknown && /\bgroup_by\b/.test(accused))) return { about: 'group_by' };
  if (/\blimit\b/.test(accused)) return { about: 'limit' };
  if (/\bend_time\b/.test(accused)) return { about: 'end_time' };
  return named.length > 0 ? { about: 'dimensions', named } : { about: 'unknown' };
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
