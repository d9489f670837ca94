import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import { localTime } from '../ui/format/day.ts';
import { roundMoney } from '../ui/format/money.ts';

export const kindName: Record<AlertView['kind'], string> = {
  budget: 'Budget',
  anomaly: 'Anomaly',
  sync_stopped: 'Sync stopped',
  key_expires: 'Key expires',
  reconciliation: 'Does not add up',
  limit: 'OpenAI’s limit',
  unknown_line_items: 'Unknown line items',
};

const eventName: Record<AlertView['history'][number]['event'], string> = {
  raised: 'Raised',
  fell_below: 'Fell below again',
  rose_again: 'Rose above again',
  restated: 'Restated',
  ended: 'Over',
  acknowledged: 'Acknowledged',
};

/** A step of an alert's history, with what had been spent then. */
export function describeEvent({ event, at, spent, forecast }: AlertView['history'][number], alert: AlertView): string {
  const { kind, currency, acknowledged_by } = alert;
  const money = (amount: string) => roundMoney(amount, currency ?? 'usd');
  const by = event === 'acknowledged' && acknowledged_by ? ` by ${acknowledged_by}` : '';
  const facts =
    event === 'acknowledged' || spent === null
      ? ''
      : `, at ${money(spent)}${forecast === null ? '' : ` and ${money(forecast)} expected`}`;
  // Of what fell, and of what is about no costs.
  const mayEnd = (kind !== 'budget' && kind !== 'anomaly') || alert.history.some((each) => each.event === 'ended');
  const name = event === 'rose_again' && mayEnd ? 'Not over after all' : eventName[event];
  return `${name}${by} on ${localTime(at)}${facts}`;
}
