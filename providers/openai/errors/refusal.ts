import { addDays, type Day } from '#domain/day.ts';
import { USAGE_DIMENSIONS } from '#domain/usage-dimensions.ts';
import type { Refusal } from '../../reports/query/refusal.ts';
import type { ErrorBody } from './error-body.ts';

const DIMENSIONS = ['line_item', ...USAGE_DIMENSIONS];

const UNKNOWN_PARAMETER = /\b(unknown|unrecogni[sz]ed|unexpected|unsupported)[ _](query[ _])?(param|arg|key|field)/;
const LOOKBACK = /lookback\S*exceeded|earliest supported start/;
const TOO_OLD = /look[ _-]?back|earliest|oldest|older than|too (old|far)|retention|retained/;
const OF_START = /\bstart_time\b|earliest|older than|\b(before|since|on or after) \d{4}-\d\d/;
const PAGE_SIZE = /\blimit\b|\b(per|a|each|one) page\b|\bpage[ _]size\b|\bat most \d+ (daily )?buckets\b/;
// "Supported values are 'project_id', 'api_key_id'": a list of valid values does not say which value is wrong.
const LIST_OF_VALID_VALUES =
  /(?<!\bnot an? )\b((supported|allowed|valid|permitted|available) (values?|fields?|dimensions?|options?|group\w*)|one of|expected)\b.*/s;

/** Reads which part of a query OpenAI refused. */
export function readRefusal({ code, param, message }: ErrorBody): Refusal {
  if (param === 'limit') return { about: 'limit' };
  if (param === 'end_time') return { about: 'end_time' };

  const accused = `${param} ${message.replace(LIST_OF_VALID_VALUES, '')}`;
  const named = DIMENSIONS.filter((dimension) => new RegExp(`\\b${dimension}\\b`).test(accused));
  // "model" and "size" are common words. A name with an underscore can only be a dimension.
  const aboutGrouping = param.startsWith('group') || named.some((dimension) => dimension.includes('_'));
  const isOfStart = OF_START.test(accused);
  const earliest = earliestDay(message);
  const areUnknown = param.startsWith('group') && code.includes('invalid_value') && LIST_OF_VALID_VALUES.test(message);
  // A dimension may have a shorter history than the money: its date is tried only where no dimension is left to drop.
  const ofDimensions: Refusal = { about: 'dimensions', named, areUnknown, isOfStart, earliest };
  if (named.length > 0 && aboutGrouping) return ofDimensions;
  const isOfGrouping = /\b(group|combin)/.test(accused);
  if (LOOKBACK.test(`${code} ${message}`)) return isOfGrouping ? ofDimensions : { about: 'lookback', earliest };
  const isUnknown = UNKNOWN_PARAMETER.test(`${code} ${message}`);
  if (accused.includes('group_by[]') || (isUnknown && /\bgroup_by\b/.test(accused))) return { about: 'group_by' };
  if (TOO_OLD.test(`${code} ${message}`) && earliest !== undefined) {
    return isOfGrouping ? ofDimensions : { about: 'lookback', earliest };
  }
  if (PAGE_SIZE.test(accused)) return { about: 'limit' };
  if (/\bend_time\b/.test(accused)) return { about: 'end_time' };
  return named.length > 0 ? ofDimensions : { about: 'unknown', isOfStart };
}

const DATE = /\b(\d{4}-\d\d-\d\d)(?:[t ](\d\d:\d\d(?::\d\d)?))?/;

/**
 * The first complete day that is still reported. A message with one date names it; a message that repeats the refused
 * start names it after a word like "earliest".
 */
function earliestDay(message: string): Day | undefined {
  const dates = message.match(new RegExp(DATE, 'g')) ?? [];
  const after = /(?:earliest|oldest).*/s.exec(message) ?? /(?:older than|before|after|since).*/s.exec(message);
  const text = dates.length === 1 ? message : (after?.[0] ?? '');
  const [, day = '', time = '00:00'] = DATE.exec(text) ?? [];
  try {
    return addDays(day, /^00:00(:00)?$/.test(time) ? 0 : 1);
  } catch {
    return undefined;
  }
}
