import type { ChannelKind } from './channel.ts';
import type { Sent } from './send.ts';

/** Statuses that a receiver has for whatever is posted: of its URL, of who posts, of the moment. */
const OF_ALL = [401, 403, 404, 408, 410, 429];

/** Whether a receiver is there, and refused this message for good: others may arrive. */
export function refusesMessage(kind: ChannelKind, { outcome, status, isFinal }: Sent): boolean {
  if (outcome !== 'refused') return false;
  // SMTP's 4xx are of the moment, and a 5xx is not always of the addresses.
  if (kind === 'email') return isFinal === true;
  return status >= 400 && status < 500 && !OF_ALL.includes(status);
}
