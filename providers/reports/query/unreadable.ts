import type { Day } from '#domain/day.ts';
import { ProviderError } from '../../http/error.ts';

/** A day whose response cannot be stored as it is. */
export type UnreadableDay = { day: Day; reason: UnreadableReason };

export type UnreadableReason =
  | 'amount_out_of_range' // 1e15 or more, or more than 100 significant digits
  | 'response_too_large' // the day alone, also by project and with fewer dimensions
  | 'ambiguous_rows' // a bucket came twice, and nothing tells whether its rows are repeated or continued
  | 'several_organizations'; // rows name more than one organization, and it is not known which one is read

/** The error `unreadable_days` where there are any: to be thrown once the other days are stored. */
export function unreadable(window: { unreadable: UnreadableDay[] }, endpoint: string): ProviderError | undefined {
  if (window.unreadable.length === 0) return undefined;
  const detail = window.unreadable.map(({ day, reason }) => `${day}: ${reason}`).join(', ');
  return new ProviderError('unreadable_days', { endpoint, detail });
}
