import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { defaultKnobs } from '#dev/simulators/openai/http/knobs.ts';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { type Body, days, request } from './request.ts';
import { contract, endpoints } from './request-usage.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ today: '2026-11-23' });
});
afterEach(() => Object.assign(simulator.knobs, defaultKnobs));
afterAll(() => simulator.close());

const day = days('2026-11-10', '2026-11-11');
const statuses = (paths: string[], key = simulator.keys.admin) =>
  Promise.all(paths.map(async (path) => (await request(simulator, path, day, { key })).status));
const paths = endpoints.map((endpoint) => `/organization/usage/${endpoint}`);

test('keys are accepted and refused as for the costs', async () => {
  const { second, wrong, project, restricted, withoutProjects, withoutMembers, idle } = simulator.keys;
  const all = (status: number) => endpoints.map(() => status);
  for (const key of [second, withoutProjects, withoutMembers]) expect(await statuses(paths, key)).toEqual(all(200));
  expect(await statuses(paths, wrong)).toEqual(all(401));
  for (const key of [project, restricted]) expect(await statuses(paths, key)).toEqual(all(403));
  const { text } = await request(simulator, '/organization/usage/completions', day, { key: idle });
  expect(JSON.parse(text).data[0].results).toEqual([]);
});

test('failures of one endpoint leave the others alone', async () => {
  simulator.knobs.failNext(2, 503, '/organization/usage/images');
  expect(await statuses(paths)).toEqual(endpoints.map((endpoint) => (endpoint === 'images' ? 503 : 200)));
  expect(await statuses(['/organization/usage/images', '/organization/usage/images'])).toEqual([503, 200]);
});

test.each([403, 404, 500])('an endpoint that is gone for good with %i', async (status) => {
  simulator.knobs.down = { '/organization/usage/images': status };
  for (let round = 0; round < 2; round++) {
    expect(await statuses([...paths, '/organization/costs'])).toEqual(
      [...endpoints, 'costs'].map((endpoint) => (endpoint === 'images' ? status : 200)),
    );
  }
  const { message, type } = (await request(simulator, '/organization/usage/images', day)).body.error;
  if (status === 403) expect(message).toContain('Missing scopes: api.usage.read');
  expect(type).toBe(status === 500 ? 'server_error' : 'invalid_request_error');
  simulator.knobs.down = {};
  expect(await statuses(['/organization/usage/images'])).toEqual([200]);
});

const window = { ...days('2026-10-01', '2026-11-01'), limit: 31, group_by: contract.images.dimensions };
async function follow(most: number): Promise<Body[]> {
  const pages: Body[] = [];
  for (let token: string | null = ''; token !== null && pages.length < most; token = pages.at(-1)?.next_page ?? null) {
    pages.push(
      (await request(simulator, '/organization/usage/images', { ...window, ...(token && { page: token }) })).body,
    );
  }
  return pages;
}
const images = (pages: Body[]) =>
  pages
    .flatMap(({ data }) => data.flatMap(({ results }) => results as unknown as Array<{ images: string }>))
    .reduce((sum, row) => sum + Number(row.images), 0);

test('pages go wrong in the same ways', async () => {
  const truth = simulator.truth.usage('images', '2026-10-01', '2026-11-01').totals.images;
  simulator.knobs.bucketsPerPage = 10;
  expect((await follow(9)).map(({ data }) => data.length)).toEqual([10, 10, 10, 1]);
  simulator.knobs.pageQuirk = 'split_bucket';
  expect(images(await follow(99))).toBe(truth);
  simulator.knobs.pageQuirk = 'same_token';
  const [, second, third] = await follow(3);
  expect(third).toEqual(second);
  simulator.knobs.pageQuirk = 'null_next';
  expect((await follow(3)).map(({ has_more, next_page }) => [has_more, next_page])).toEqual([[true, null]]);
  Object.assign(simulator.knobs, { pageQuirk: 'empty_forever', bucketsPerPage: 31 });
  expect((await follow(4)).map(({ data }) => data.length)).toEqual([31, 0, 0, 0]);
});
