import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import type { RangeReconciliation } from '#api/routes/reconciliation/get-reconciliation.ts';
import type { DayRange } from '#domain/day.ts';
import { subtractDecimals, sumDecimals } from '#domain/decimal.ts';
import { distinctName } from '../../integrations/organization-name.ts';
import { longDay } from '../../ui/format/day.ts';
import { exactMoney, roundMoney, signedMoney } from '../../ui/format/money.ts';

type Reconciled = Pick<RangeReconciliation, 'restatements' | 'restated_days'>;
export type Restatements = {
  /** What is said of each day that OpenAI restated: from what to what, and when that was seen. */
  byDay: ReadonlyMap<string, string>;
  /**
   * By how much all of them changed, and whether these are whole days in a view that is filtered; '' if not known, or
   * if some are in another currency. Where they are too many to be listed: how many of them are.
   */
  inAll: string;
};

type Context = {
  /** Those that are displayed: where they are several, a restatement says whose it is. */
  integrations: readonly IntegrationView[];
  /** That of the view: a restated day may be in another one. */
  currency: string;
  isFiltered: boolean;
};

export function restatementsOf(
  { restatements, restated_days }: Reconciled,
  { integrations, currency, isFiltered }: Context,
): Restatements {
  const said = new Map<string, string[]>();
  const changes: (string | null)[] = [];
  for (const {
    integration_id,
    organization_name,
    day,
    currency: ofDay,
    restated_at,
    restated_from: from,
    restated_to: to,
  } of restatements) {
    const isKnown = from !== null && to !== null && ofDay !== null;
    changes.push(isKnown && ofDay === currency ? subtractDecimals(to, from) : null);
    const integration = integrations.find(({ id }) => id === integration_id);
    const name = integration ? distinctName(integration, integrations) : organization_name;
    const whose = integrations.length > 1 ? ` for ${name}` : '';
    const what = isFiltered ? ', without the filters' : '';
    const amounts = isKnown ? `: ${fromTo(from, to, ofDay)}` : '';
    const text = `Restated by OpenAI${whose}${what}${amounts}, seen ${longDay(restated_at)}`;
    said.set(day, [...(said.get(day) ?? []), text]);
  }
  const known = changes.filter((change) => change !== null);
  const net = known.length === changes.length && known.length > 0 ? signedMoney(sumDecimals(known), currency) : '';
  const inAll = net && `${net} in all${isFiltered ? ', without the filters' : ''}`;
  return {
    byDay: new Map([...said].map(([day, texts]) => [day, texts.join('; ')])),
    inAll:
      restated_days > changes.length
        ? `by the newest ${changes.length.toLocaleString()} of ${restated_days.toLocaleString()} changes`
        : inAll,
  };
}

/** To the cent where that shows the change, or else with every digit. */
function fromTo(from: string, to: string, currency: string): string {
  const [before, after] = [roundMoney(from, currency), roundMoney(to, currency)];
  if (before === after) return `${exactMoney(from, currency)} → ${exactMoney(to, currency)}`;
  return `${before} → ${after} (${signedMoney(subtractDecimals(to, from), currency)})`;
}

/** What is said of the restated days of a period. */
export function restatementIn({ from, to }: DayRange, restated: ReadonlyMap<string, string>): string | undefined {
  const days = [...restated.keys()].filter((day) => day >= from && day < to).toSorted();
  if (days.length <= 1) return days[0] && restated.get(days[0]);
  return days.map((day) => `${longDay(day)}: ${restated.get(day)}`).join('; ');
}
