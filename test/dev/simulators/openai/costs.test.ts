import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { amountOf, sum, sumOfRows, units } from './money.ts';
import { type Bucket, days, type Row, request, seconds } from './request.ts';

const TODAY = '2026-11-23';
const COSTS = '/organization/costs';
const dimensions = ['project_id', 'line_item', 'api_key_id', 'user_id'] as const;
const subsets = Array.from({ length: 16 }, (_, bits) => dimensions.filter((_, i) => bits & (1 << i)));
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ today: TODAY });
});
afterAll(() => simulator.close());

const week = { ...days('2026-10-25', '2026-11-01'), bucket_width: '1d' };
const month = { ...days('2026-10-01', '2026-11-01'), bucket_width: '1d', limit: 31 };
const fetchWeek = async (groupBy: readonly string[]): Promise<Bucket[]> => {
  const { status, body } = await request(simulator, COSTS, { ...week, group_by: [...groupBy] });
  expect(status).toBe(200);
  expect(body).toMatchObject({ object: 'page', has_more: false, next_page: null });
  return body.data;
};

test.each(subsets)('grouped by %s %s %s %s the rows of each day add up to the truth', async (...groupBy) => {
  const buckets = await fetchWeek(groupBy);
  const truth = simulator.truth.days('2026-10-25', '2026-11-01');
  expect(buckets.map(({ start_time }) => Number(start_time))).toEqual(truth.map(({ day }) => seconds(day)));
  for (const [i, { facts, total }] of truth.entries()) {
    const rows = buckets[i]?.results ?? [];
    expect(sumOfRows(rows)).toBe(units(total));
    const keyOf = (row: Pick<Row, (typeof dimensions)[number]>) => groupBy.map((name) => row[name]).join('|');
    const expected = Map.groupBy(facts, keyOf);
    expect(rows.map(keyOf).sort()).toEqual([...expected.keys()].sort());
    for (const row of rows) {
      const group = expected.get(keyOf(row)) ?? [];
      expect(units(amountOf(row))).toBe(sum(group.map(({ amount }) => amount)));
      if (groupBy.includes('line_item')) {
        expect(row.quantity_unit).toBe(group[0]?.quantity_unit);
        expect(units(row.quantity ?? '')).toBe(sum(group.map(({ quantity }) => quantity ?? '')));
      } else expect([row.quantity, row.quantity_unit]).toEqual([null, null]);
      for (const name of dimensions) if (!groupBy.includes(name)) expect(row[name]).toBeNull();
      expect(row.project_name).toBe(groupBy.includes('project_id') ? (group[0]?.project_name ?? null) : null);
      expect(row.user_email).toBe(groupBy.includes('user_id') ? (group[0]?.user_email ?? null) : null);
    }
  }
});

test('rows name the organization and carry fields that no document knows', async () => {
  const [bucket] = await fetchWeek(['line_item']);
  const { id, name } = simulator.organization;
  expect(bucket?.results[0]).toMatchObject({
    organization_id: id,
    organization_name: name,
    billing_source: 'platform',
  });
});

test('buckets say their days with and without a zone', async () => {
  const zones = new Set((await fetchWeek([])).map(({ start_time_iso }) => start_time_iso.slice(19)));
  expect(zones).toEqual(new Set(['', '+00:00']));
});

test('amounts come in every way seen live, always the same way', async () => {
  const query = { ...month, group_by: [...dimensions] };
  const { text } = await request(simulator, COSTS, query);
  const ways = {
    padded: /"value":"\d+\.\d{26,38}0"/,
    longest: /"value":"-?\d+\.\d{39}"/,
    plain: /"value":"\d+\.\d{2,12}"/,
    exponent: /"value":"\d\.\d+e-\d"/,
    upper: /"value":"\d\.\d+E\+\d"/,
    number: /"value":\d+\.\d+,/,
    numberWithExponent: /"value":\d\.\d+e-?\d+,/,
    zero: /"value":"0E-6176"/,
    null: /"value":null/,
    missing: /"organization.costs.result","quantity"/,
  };
  for (const [way, pattern] of Object.entries(ways)) expect(text, way).toMatch(pattern);
  expect((await request(simulator, COSTS, query)).text).toBe(text);
});

test('a quiet day is an empty bucket, and today is partial', async () => {
  const quiet = await request(simulator, COSTS, days('2025-12-24', '2025-12-28'));
  expect(quiet.body.data.map(({ results }) => results.length)).toEqual([1, 0, 0, 1]);
  const now = await request(simulator, COSTS, { start_time: seconds(TODAY), end_time: seconds(TODAY) + 43_210 });
  expect(sumOfRows(now.body.data[0]?.results ?? [])).toBe(units(simulator.truth.total(TODAY, '2026-11-24')));
  const full = await startSimulator({ today: '2026-11-24' });
  expect(
    Number(simulator.truth.total(TODAY, '2026-11-24')) / Number(full.truth.total(TODAY, '2026-11-24')),
  ).toBeCloseTo(0.4);
  await full.close();
});

test('without an end it answers up to today, seven buckets by default', async () => {
  const { body } = await request(simulator, COSTS, { start_time: seconds('2026-11-20') });
  expect(body.data).toHaveLength(4);
  expect((await request(simulator, COSTS, days('2026-10-01', '2026-11-01'))).body.data).toHaveLength(7);
});

test('filters, bare group_by and unknown parameters', async () => {
  const day = days('2026-11-10', '2026-11-11');
  const fact = simulator.truth.days('2026-11-10', '2026-11-11')[0]?.facts.find(({ api_key_id }) => api_key_id);
  const filtered = await request(simulator, COSTS, {
    ...day,
    group_by: 'api_key_id',
    api_key_ids: [fact?.api_key_id ?? ''],
    new: 1,
  });
  expect(filtered.body.data[0]?.results.map(({ api_key_id }) => api_key_id)).toEqual([fact?.api_key_id]);
  const bare = `start_time=${day.start_time}&end_time=${day.end_time}&group_by=project_id&group_by=line_item`;
  const response = await fetch(`${simulator.url}${COSTS}?${bare}`, {
    headers: { authorization: `Bearer ${simulator.keys.second}` },
  });
  const both = await request(simulator, COSTS, { ...day, group_by: ['project_id', 'line_item'] });
  expect(await response.text()).toBe(both.text);
});

describe('refused with 400', () => {
  const refusal = async (query: Record<string, string | number | string[]>) => {
    const { status, body } = await request(simulator, COSTS, query);
    expect(status).toBe(400);
    return body.error;
  };
  const day = days('2026-11-10', '2026-11-11');

  test('what is missing or of another kind', async () => {
    expect(await refusal({})).toMatchObject({ param: 'start_time', code: 'missing_required_parameter' });
    expect(await refusal({ start_time: 'yesterday' })).toMatchObject({ param: 'start_time', code: 'invalid_type' });
    expect(await refusal({ ...day, bucket_width: '1h' })).toMatchObject({ param: 'bucket_width' });
    expect(await refusal({ ...day, limit: 181 })).toMatchObject({ param: 'limit' });
    expect(await refusal({ ...day, limit: 0 })).toMatchObject({ param: 'limit' });
    expect(await refusal({ ...day, group_by: ['model'] })).toMatchObject({ param: 'group_by' });
    expect(await refusal(days('2026-11-10', '2026-11-10'))).toMatchObject({ param: 'end_time' });
  });

  test('an end in the future', async () => {
    expect(await refusal(days('2026-11-20', '2026-11-24'))).toMatchObject({ param: 'end_time' });
  });

  test('a start of more than a year ago, unless the lookback is longer', async () => {
    const query = days('2025-11-22', '2025-11-24');
    const error = await refusal(query);
    expect(error.code).toBe('reporting_lookback_exceeded');
    expect(error.message).toContain('Earliest supported start date: 2025-11-23 (UTC)');
    expect((await request(simulator, COSTS, days('2025-11-23', '2025-11-24'))).status).toBe(200);
    simulator.knobs.lookbackDays = 430;
    expect((await request(simulator, COSTS, query)).status).toBe(200);
    simulator.knobs.lookbackDays = 365;
  });

  test.each(['api_key_id', 'user_id'])('grouping by %s before 6 December 2025', async (dimension) => {
    const query = { ...days('2025-12-05', '2025-12-08'), group_by: ['project_id', dimension] };
    expect(await refusal(query)).toMatchObject({ param: 'start_time', code: 'invalid_request_error' });
    expect((await request(simulator, COSTS, { ...query, start_time: 1764979200 })).status).toBe(200);
  });
});
