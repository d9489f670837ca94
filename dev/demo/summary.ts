import { addDays } from '#domain/day.ts';
import { bar } from '../cli/bar.ts';
import type { Colours } from '../cli/colours.ts';
import type { CostGroup, Costs, Integration } from './api-client.ts';

const LABEL = 24;
const BAR = 34;
const MONEY = 16;
const TOP = 5;

export type Summary = {
  integration: Integration;
  seconds: number;
  months: Costs;
  projects: Costs;
  models: Costs;
  tokenTypes: Costs;
};

/** What a connected organization spent, at most 80 columns wide. */
export function renderSummary(summary: Summary, colours: Colours): string {
  const { integration, seconds, months, projects, models, tokenTypes } = summary;
  const { organization, coverage } = integration;
  const facts = coverage.facts.toLocaleString('en-US');
  const lastDay = addDays(coverage.to, -1);
  return [
    colours.bold(organization.name),
    `${coverage.days} days (${coverage.from} to ${lastDay}) · ${facts} facts · ${seconds.toFixed(1)} s`,
    '',
    ...section('Spend by month', months.data, ({ period }) => period?.slice(0, 7) ?? '', colours),
    ...section(
      'Top projects',
      projects.data.slice(0, TOP),
      ({ project_name, project_id }) => project_name || project_id || '(no project)',
      colours,
    ),
    ...section('Top models', models.data.slice(0, TOP), ({ model }) => model || '(no model)', colours),
    ...section('Cost by token category', tokenTypes.data, ({ token_type }) => token_type || '(not by token)', colours),
    ...renderReconciliation(summary, colours),
  ].join('\n');
}

function section(title: string, groups: CostGroup[], labelOf: (group: CostGroup) => string, colours: Colours) {
  // Money is a float only here, for the length of a bar.
  const largest = Math.max(...groups.map(({ amount }) => Number(amount)), Number.MIN_VALUE);
  const rows = groups.map((group) => {
    const label = toWidth(labelOf(group), LABEL);
    const blocks = bar(Number(group.amount) / largest, BAR);
    const space = ' '.repeat(BAR - blocks.length);
    return `  ${label} ${colours.bar(blocks)}${space} ${formatMoney(group.amount).padStart(MONEY)}`;
  });
  return [colours.bold(title), ...rows, ''];
}

function renderReconciliation({ integration, months }: Summary, colours: Colours): string[] {
  const { reconciliation, coverage } = integration;
  const row = (label: string, amount: string) =>
    `  ${toWidth(label, LABEL)} ${formatMoney(amount).padStart(MONEY)}  ${colours.dim(amount)}`;
  const verdict = reconciliation.agrees
    ? 'They agree, on every day.'
    : `They differ on ${reconciliation.differing_days} days, the first is ${reconciliation.first_differing_day}: GET /v1/integrations/${integration.id} says more.`;
  const missing = coverage.missing_days > 0 ? [`  ${coverage.missing_days} days are missing.`] : [];
  return [
    colours.bold('Does it add up?'),
    row('The facts here', months.total),
    row('The provider’s own total', reconciliation.theirs ?? '0'),
    `  ${verdict}`,
    ...missing,
  ];
}

// Intl formats decimal text exactly; `negative` shows no sign where the rounded amount is zero.
const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', signDisplay: 'negative' });

/** Decimal text in dollars and cents, half a cent rounded away from zero: "1234.565" is $1,234.57. */
export function formatMoney(amount: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(amount)) throw new TypeError(`${JSON.stringify(amount)} is not a decimal number`);
  return dollars.format(amount as Intl.StringNumericLiteral);
}

/** Exactly `width` columns: padded, or cut with an ellipsis. */
function toWidth(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
