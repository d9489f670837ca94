import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { defaultKnobs } from '#dev/simulators/openai/http/knobs.ts';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { sumOfRows, units } from './money.ts';
import { type Body, days, request } from './request.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ today: '2026-11-23' });
});
afterEach(() => Object.assign(simulator.knobs, defaultKnobs));
afterAll(() => simulator.close());

const window = { ...days('2026-10-01', '2026-11-01'), limit: 31, group_by: ['project_id', 'line_item'] };
const page = (query: object = {}, key = simulator.keys.admin) =>
  request(simulator, '/organization/costs', { ...window, ...query }, { key });

/** Follows the pages as a client does, at most `most` of them. */
async function follow(query: object, most = 50): Promise<Body[]> {
  const pages: Body[] = [];
  let token: string | null = null;
  do {
    const { status, body } = await page({ ...query, ...(token && { page: token }) });
    expect(status).toBe(200);
    pages.push(body);
    token = body.next_page;
  } while (token && pages.length < most);
  return pages;
}

const total = (pages: Body[]) => sumOfRows(pages.flatMap(({ data }) => data.flatMap(({ results }) => results)));
const truth = () => units(simulator.truth.total('2026-10-01', '2026-11-01'));
const invalid = 'The page token is invalid, have you modified the query parameters?';

test('pages follow one another and add up', async () => {
  const pages = await follow({ limit: 7 });
  expect(pages.map(({ data }) => data.length)).toEqual([7, 7, 7, 7, 3]);
  expect(pages.map(({ has_more }) => has_more)).toEqual([true, true, true, true, false]);
  expect(total(pages)).toBe(truth());
});

test('a page has no more than 31 buckets, however high the limit', async () => {
  const { body } = await page({ ...days('2026-09-01', '2026-11-01'), limit: 180 });
  expect(body.data).toHaveLength(31);
  expect(body.has_more).toBe(true);
  simulator.knobs.bucketsPerPage = 180;
  expect((await page({ ...days('2026-09-01', '2026-11-01'), limit: 180 })).body.data).toHaveLength(61);
});

test('a token belongs to its query and organization, and may not be changed', async () => {
  const token = (await page({ limit: 7 })).body.next_page ?? '';
  expect((await page({ limit: 7, page: token }, simulator.keys.second)).status).toBe(200);
  const refused = await Promise.all([
    page({ limit: 8, page: token }),
    page({ limit: 7, page: token, group_by: ['project_id'] }),
    page({ limit: 7, page: token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) }),
    page({ limit: 7, page: 'page_x' }),
    page({ limit: 7, page: token }, simulator.keys.idle),
  ]);
  for (const { status, body } of refused) expect([status, body.error.message]).toEqual([400, invalid]);
});

test('a token goes stale with time and with a restatement', async () => {
  const token = (await page({ limit: 7 })).body.next_page ?? '';
  simulator.knobs.pageTokenSeconds = 0;
  expect((await page({ limit: 7, page: token })).body.error.message).toBe(invalid);
  simulator.knobs.pageTokenSeconds = 300;
  simulator.restate('2026-10-30', { kind: 'remove', at: 0 });
  expect((await page({ limit: 7, page: token })).body.error.message).toBe(invalid);
});

test('quirk: empty pages for ever', async () => {
  simulator.knobs.pageQuirk = 'empty_forever';
  const pages = await follow({}, 5);
  expect(pages.map(({ data }) => data.length)).toEqual([31, 0, 0, 0, 0]);
  expect(pages.every(({ has_more, next_page }) => has_more && next_page !== null)).toBe(true);
});

test('quirk: more is promised without a token', async () => {
  simulator.knobs.pageQuirk = 'null_next';
  simulator.knobs.bucketsPerPage = 10;
  const { body } = await page();
  expect([body.data.length, body.has_more, body.next_page]).toEqual([10, true, null]);
});

test('quirk: the same token twice', async () => {
  simulator.knobs.pageQuirk = 'same_token';
  simulator.knobs.bucketsPerPage = 10;
  const [first, second, third] = await follow({}, 3);
  expect(second?.next_page).toBe(first?.next_page);
  expect(third).toEqual(second);
});

test('quirk: one bucket on two pages', async () => {
  simulator.knobs.pageQuirk = 'split_bucket';
  for (const bucketsPerPage of [31, 10, 2]) {
    simulator.knobs.bucketsPerPage = bucketsPerPage;
    const pages = await follow({});
    expect(pages.length).toBeGreaterThan(1);
    expect(pages[1]?.data[0]?.start_time).toBe(pages[0]?.data.at(-1)?.start_time);
    expect(pages.at(-1)?.has_more).toBe(false);
    expect(total(pages)).toBe(truth());
  }
});
