import { addDays } from '#domain/day.ts';
import { USAGE_DIMENSIONS } from '../usage/usage-endpoints.ts';
import type { Problem } from './error-body.ts';

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
const LOOKBACK = /lookback\S*exceeded|earliest supported start/;
const TOO_OLD = /look[ _-]?back|earliest|oldest|older than|too (old|far)|retention|retained/;
const PAGE_SIZE = /\blimit\b|\b(per|a|each|one) page\b|\bpage[ _]size\b|\bat most \d+ (daily )?buckets\b/;
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
  const earliest = earliestDay(message);
  // A grouping may have a shorter history of its own: there, the grouping is given up and not the history.
  const isTooOld = TOO_OLD.test(`${code} ${message}`) && !/\bgroup/.test(accused);
  if (isTooOld && earliest !== undefined) return { about: 'lookback', earliest };
  if (PAGE_SIZE.test(accused)) return { about: 'limit' };
  if (/\bend_time\b/.test(accused)) return { about: 'end_time' };
  return named.length > 0 ? { about: 'dimensions', named } : { about: 'unknown' };
}

const DATE = /\b(\d{4}-\d\d-\d\d)(?:[t ](\d\d:\d\d(?::\d\d)?))?/;

/**
 * The first whole day that is left: the only date that is named or, as the message may name the refused start too,
 * the one after a word like "earliest".
 */
function earliestDay(message: string): string | undefined {
  const dates = message.match(new RegExp(DATE, 'g')) ?? [];
  const after = /(?:earliest|oldest).*/s.exec(message) ?? /(?:older than|before|after|since).*/s.exec(message);
  const said = dates.length === 1 ? message : (after?.[0] ?? '');
  const [, day = '', time = '00:00'] = DATE.exec(said) ?? [];
  try {
    return addDays(day, /^00:00(:00)?$/.test(time) ? 0 : 1);
  } catch {
    return undefined;
  }
}
