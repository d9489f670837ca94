import type { Day } from '../arithmetic/day.ts';
import { type Exact, formatExact } from '../arithmetic/exact.ts';
import type { Organization } from '../organization/organization.ts';
import { amountMember } from './amount-text.ts';
import type { Fact } from './facts.ts';

export const dimensions = ['project_id', 'line_item', 'api_key_id', 'user_id', 'api_source'] as const;
export type Dimension = (typeof dimensions)[number];

/** What a row says of its organization. */
type Named = Pick<Organization, 'name'> & { id: string | null };

/** The day's rows as JSON texts, added up by the dimensions. */
export function costRows(
  day: Day,
  facts: readonly Fact[],
  groupBy: ReadonlySet<Dimension>,
  organization: Named,
): string[] {
  return Array.from(grouped(facts, groupBy), ([key, row]) => rowText(row, `${day}${key}`, organization));
}

interface Row extends Omit<Fact, 'line_item' | 'api_source'> {
  line_item: string | null;
  api_source: string | null;
}

function grouped(facts: readonly Fact[], groupBy: ReadonlySet<Dimension>): Map<string, Row> {
  const rows = new Map<string, Row>();
  const order = dimensions.filter((dimension) => groupBy.has(dimension));
  for (const fact of facts) {
    const key = order.map((dimension) => fact[dimension]).join('\n');
    const row = rows.get(key);
    if (!row) rows.set(key, firstOf(fact, groupBy));
    else {
      row.amount += fact.amount;
      const { quantity, quantity_unit } = addUp(row, fact);
      row.quantity = quantity;
      row.quantity_unit = quantity_unit;
    }
  }
  return rows;
}

function firstOf(fact: Fact, groupBy: ReadonlySet<Dimension>): Row {
  const if_ = <T>(dimension: Dimension, value: T) => (groupBy.has(dimension) ? value : null);
  return {
    project_id: if_('project_id', fact.project_id),
    project_name: if_('project_id', fact.project_name),
    line_item: if_('line_item', fact.line_item),
    api_key_id: if_('api_key_id', fact.api_key_id),
    user_id: if_('user_id', fact.user_id),
    user_email: if_('user_id', fact.user_email),
    api_source: if_('api_source', fact.api_source),
    amount: fact.amount,
    quantity: if_('line_item', fact.quantity),
    quantity_unit: if_('line_item', fact.quantity_unit),
  };
}

/** Quantities of one unit are added; where units differ there is no quantity. */
function addUp(row: Row, fact: Fact): { quantity: Exact | null; quantity_unit: string | null } {
  if (row.quantity === null || fact.quantity === null || row.quantity_unit !== fact.quantity_unit) {
    return { quantity: null, quantity_unit: null };
  }
  return { quantity: row.quantity + fact.quantity, quantity_unit: row.quantity_unit };
}

function rowText(row: Row, salt: string, organization: Named): string {
  const { amount, quantity, ...named } = row;
  // The last two fields are in no document: new ones come without notice.
  const rest = {
    ...named,
    organization_id: organization.id,
    organization_name: organization.name,
    billing_source: 'platform',
    labels: { region: null },
  };
  const quantityText = quantity === null ? 'null' : formatExact(quantity);
  return `{"object":"organization.costs.result",${amountMember(amount, salt)}"quantity":${quantityText},${JSON.stringify(rest).slice(1)}`;
}
