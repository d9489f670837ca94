import fc from 'fast-check';
import { addDays, type Day, startOfDay } from '#domain/day.ts';
import { requestedDays } from '../providers/openai/ledger.ts';
import type { Call } from '../providers/openai/provider.ts';

/** A row of a day's bill, and the texts in which its amount may be sent. */
export type BilledRow = { project: number; key: number; organization: string | null; cents: number; spelling: number };

/** A bill, and how a server may send it: correctly, by halves, twice, with odd refusals or none of the promised fields. */
export type Report = {
  days: BilledRow[][];
  daysPerPage: number;
  rowsPerPage: number;
  repeatsLastBucket: boolean;
  leavesOutQuietDays: boolean;
  spelling: 'result' | 'results';
  hasVolatileField: boolean;
  /** Users cannot be grouped by on these days. */
  refusedFrom: number;
  refusedDays: number;
  isRefusalExplained: boolean;
  /** The position of a request that gets a 400 for no reason. */
  odd400: number;
};

export const FROM = '2026-01-05';

const billedRow: fc.Arbitrary<BilledRow> = fc.record({
  project: fc.nat(2),
  key: fc.nat(2),
  organization: fc.constantFrom('org-1', 'org-1', null, 'org-2'),
  cents: fc.integer({ min: -100_000, max: 10_000_000 }),
  spelling: fc.nat(4),
});

export const report: fc.Arbitrary<Report> = fc.record({
  days: fc.array(fc.array(billedRow, { maxLength: 5 }), { minLength: 1, maxLength: 12 }),
  daysPerPage: fc.integer({ min: 1, max: 12 }),
  rowsPerPage: fc.constantFrom(1_000, 1_000, 1_000, 3, 2),
  repeatsLastBucket: fc.boolean(),
  leavesOutQuietDays: fc.boolean(),
  spelling: fc.constantFrom('result', 'results'),
  hasVolatileField: fc.boolean(),
  refusedFrom: fc.nat(11),
  refusedDays: fc.nat(12),
  isRefusalExplained: fc.boolean(),
  odd400: fc.integer({ min: 0, max: 15 }),
});

/** A decimal text of cents, not by way of a float. */
export function dollars(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const SPELLINGS = [
  (cents: number) => dollars(cents),
  (cents: number) => `${dollars(cents)}000`,
  (cents: number) => `${cents}e-2`,
  (cents: number) => `${cents}.0E-2`,
  (cents: number) => `${cents < 0 ? '-' : ''}0${dollars(Math.abs(cents))}`,
];

/** The response to a call, as OpenAI's API would send it if it were this report's server. */
export function respondTo(call: Call, report: Report, calls: number): { status?: number; body: unknown } {
  const days = requestedDays(call);
  if (calls === report.odd400) return { status: 400, body: { error: 'nope' } };
  const isRefused = (day: Day) =>
    day >= addDays(FROM, report.refusedFrom) && day < addDays(FROM, report.refusedFrom + report.refusedDays);
  if (call.groupBy.includes('user_id') && days.some(isRefused)) {
    const message = report.isRefusalExplained ? 'user_id cannot be combined with project_id' : 'no';
    return { status: 400, body: { error: { message } } };
  }
  return {
    body: pageOf(
      call,
      days.flatMap((day) => bucketsOf(call, day, report)),
      report,
    ),
  };
}

type Bucket = { start_time: number; rows: object[] };

function bucketsOf(call: Call, day: Day, { days, rowsPerPage, leavesOutQuietDays, ...report }: Report): Bucket[] {
  const index = (startOfDay(day) - startOfDay(FROM)) / 86_400_000;
  const rows = grouped(call, days[index] ?? []).map((row) => ({
    ...row,
    ...(report.hasVolatileField && { trace: `${calls++}` }),
  }));
  if (rows.length === 0 && leavesOutQuietDays) return [];
  const start_time = startOfDay(day) / 1000;
  const parts = Array.from({ length: Math.max(1, Math.ceil(rows.length / rowsPerPage)) }, (_, part) =>
    rows.slice(part * rowsPerPage, (part + 1) * rowsPerPage),
  );
  return parts.map((part) => ({ start_time, rows: part }));
}
let calls = 0;

function pageOf({ params }: Call, buckets: Bucket[], { daysPerPage, repeatsLastBucket, spelling }: Report) {
  const start = Number(params.get('page') ?? 0);
  const end = start + daysPerPage;
  const sent = buckets.slice(repeatsLastBucket && start > 0 ? start - 1 : start, end);
  return {
    object: 'page',
    data: sent.map(({ start_time, rows }) => ({ object: 'bucket', start_time, [spelling]: rows })),
    has_more: end < buckets.length,
    next_page: end < buckets.length ? String(end) : null,
  };
}

/** Adds up by the requested dimensions and the organization. */
function grouped({ groupBy }: Call, rows: BilledRow[]) {
  const groups = Map.groupBy(rows, ({ project, key, organization }) =>
    JSON.stringify([
      organization,
      groupBy.includes('project_id') ? project : null,
      groupBy.includes('api_key_id') ? key : null,
    ]),
  );
  return [...groups].map(([group, ofGroup]) => {
    const [organization_id, project, key] = JSON.parse(group);
    const cents = ofGroup.reduce((sum, row) => sum + row.cents, 0);
    const write = SPELLINGS[ofGroup[0]?.spelling ?? 0] ?? dollars;
    return {
      organization_id,
      line_item: groupBy.includes('line_item') ? 'gpt-5, input' : null,
      project_id: project === null ? null : `proj_${project}`,
      api_key_id: key === null ? null : `key_${key}`,
      user_id: groupBy.includes('user_id') ? 'user_1' : null,
      amount: { value: write(cents), currency: 'usd' },
      a_new_field: null,
    };
  });
}
