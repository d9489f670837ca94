import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import type { Limits } from '#api/routes/limits/list-limits.ts';
import { compareDecimals } from '#domain/decimal.ts';
import { distinctName } from '../integrations/organization-name.ts';
import { longDay } from '../ui/format/day.ts';
import { roundMoney } from '../ui/format/money.ts';
import { formatPercent } from '../ui/format/number.ts';

type IntegrationLimits = Limits['data'][number];
type Limit = IntegrationLimits['limits'][number];

/** A limit in words. `isNear`: it is reached, or is expected to be this month. */
type DescribedLimit = { key: string; text: string; readOn: string; isNear: boolean };

/** Limits in words, the nearest first; and of which organizations they are not known. */
export function describeLimits(limits: Limits['data'], integrations: readonly IntegrationView[]) {
  const nameOf = ({ integration_id, organization_name }: IntegrationLimits) => {
    const integration = integrations.find(({ id }) => id === integration_id);
    return integration ? distinctName(integration, integrations) : organization_name;
  };
  const described = limits
    .flatMap((each) => each.limits.map((limit, index) => ({ limit, each, key: `${each.integration_id} ${index}` })))
    .toSorted((a, b) => nearness(b.limit) - nearness(a.limit) || compareSpent(b.limit, a.limit))
    .map(({ limit, each, key }): DescribedLimit => {
      const isNear = nearness(limit) > 0;
      const text = `${limit.project_name ?? nameOf(each)}: ${titleOf(limit)}. ${limit.summary}`;
      return { key, text, readOn: each.read_on === null ? '' : `Read on ${longDay(each.read_on)}`, isNear };
    });
  return { described, unknown: limits.filter(({ is_readable }) => is_readable !== true).map(nameOf) };
}

/** As in "Spend limits of Acme are not all known"; '' where all are known. */
export function describeUnknown(unknown: readonly string[], all: number): string {
  if (unknown.length === 0) return '';
  const named = unknown.length <= 2 ? new Intl.ListFormat('en').format(unknown) : `${unknown.length} organizations`;
  return `Spend limits${all > 1 ? ` of ${named}` : ''} are not all known: not read yet, or the key may not read them.`;
}

const nearness = ({ is_reached, expected_on, earliest_on }: Limit) =>
  is_reached ? 3 : expected_on !== null ? 2 : earliest_on !== null ? 1 : 0;
const compareSpent = (a: Limit, b: Limit) => compareDecimals(a.spent_percent ?? '0', b.spent_percent ?? '0');

function titleOf({ kind, amount, currency, interval, spent, spent_percent }: Limit): string {
  const name = kind === 'hard_limit' ? 'hard limit' : 'alert at';
  const used =
    spent === null ? '' : `, ${roundMoney(spent, currency)} (${formatPercent(spent_percent ?? '0', 0)}) spent`;
  return `${name} ${roundMoney(amount, currency)} a ${interval}${used}`;
}
