import { addDays } from '#domain/day.ts';
import { bar } from '../cli/bar.ts';
import type { Paint } from '../cli/colours.ts';
import type { Costs, Integration } from './api-client.ts';
import { formatMoney } from './money.ts';

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
export function renderSummary(summary: Summary, paint: Paint): string {
  const { integration, seconds, months, projects, models, tokenTypes } = summary;
  const { organization, coverage } = integration;
  const facts = coverage.facts.toLocaleString('en-US');
  return [
    paint.bold(organization.name),
    `${coverage.days} days (${coverage.from} to ${addDays(coverage.to, -1)}) · ${facts} facts · ${seconds.toFixed(1)} s`,
    '',
    ...section('Spend by month', months.data, (group) => group.period?.slice(0, 7) ?? '', paint),
    ...section(
      'Top projects',
      projects.data.slice(0, TOP),
      (group) => group.project_name || group.project_id || '(no project)',
      paint,
    ),
    ...section('Top models', models.data.slice(0, TOP), (group) => group.model || '(no model)', paint),
    ...section('Cost by token category', tokenTypes.data, (group) => group.token_type || '(not by token)', paint),
    ...renderReconciliation(summary, paint),
  ].join('\n');
}

type Group = Costs['data'][number];

function section(title: string, groups: Group[], labelOf: (group: Group) => string, paint: Paint): string[] {
  // The only place where money is a float: how long a bar is.
  const largest = Math.max(...groups.map(({ amount }) => Number(amount)), Number.MIN_VALUE);
  const rows = groups.map((group) => {
    const label = toWidth(labelOf(group), LABEL);
    const blocks = bar(Number(group.amount) / largest, BAR);
    return `  ${label} ${paint.bar(blocks)}${' '.repeat(BAR - blocks.length)} ${formatMoney(group.amount).padStart(MONEY)}`;
  });
  return [paint.bold(title), ...rows, ''];
}

function renderReconciliation({ integration, months }: Summary, paint: Paint): string[] {
  const { reconciliation, coverage } = integration;
  const row = (label: string, amount: string, note: string) =>
    `  ${toWidth(label, LABEL)} ${formatMoney(amount).padStart(MONEY)}  ${paint.dim(note)}`;
  const verdict = reconciliation.agrees
    ? 'They agree, on every day.'
    : `They differ by ${reconciliation.difference}: GET /v1/integrations/${integration.id} says more.`;
  const missing = coverage.missing_days > 0 ? [`  ${coverage.missing_days} days are missing.`] : [];
  return [
    paint.bold('Does it add up?'),
    row('The facts here', months.total, months.total),
    row('The provider’s own total', reconciliation.theirs, reconciliation.theirs),
    `  ${verdict}`,
    ...missing,
  ];
}

/** Exactly `width` columns: padded, or cut with an ellipsis. */
function toWidth(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
