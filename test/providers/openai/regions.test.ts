import { Agent } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { addDays, today } from '#domain/day.ts';
import { createOpenAi, type OpenAi } from '#providers/openai/client.ts';

const HOST = 'eu.api.openai.com';
let simulator: Simulator;
let openai: OpenAi;
/** The origins of all requests, as the client addressed them. */
let origins: string[];
const JUST_ONE_DAY = { from: addDays(today(), -3), to: addDays(today(), -2) };

beforeAll(async () => {
  simulator = await startSimulator({ factsPerDay: 5 });
  const dispatcher = new Agent().compose((dispatch) => (request, handler) => {
    const origin = String(request.origin);
    origins.push(origin);
    const headers = { ...(request.headers as object), host: new URL(origin).host };
    return dispatch({ ...request, headers, origin: new URL(simulator.url).origin }, handler);
  });
  openai = createOpenAi({ baseUrl: 'http://configured.test/v1', dispatcher });
});
beforeEach(() => {
  origins = [];
  simulator.knobs.regionHost = HOST;
});
afterAll(async () => {
  await openai.close();
  await simulator.close();
});

test('an organization is found at the host that OpenAI names, and requested there from then on', async () => {
  const region = { host: '' };
  const organization = await openai.identify(simulator.keys.admin, { region });
  expect(organization).toEqual(simulator.organization);
  expect(region.host).toBe(HOST);
  await openai.totals(simulator.keys.admin, JUST_ONE_DAY, { region });
  expect(origins[0]).toBe('http://configured.test');
  expect(origins.slice(1).every((origin) => origin === `https://${HOST}`)).toBe(true);
});

test('without a region to keep, the refusal stays a refusal', async () => {
  await expect(openai.identify(simulator.keys.admin)).rejects.toMatchObject({ kind: 'wrong_region', host: HOST });
});

test.each([
  'evil.test',
  'eu.api.openai.com.evil.test',
  'eu.api.openai.com@evil.test',
  'xeu-api.openai.com',
  'a.b.api.openai.com',
])('the key never goes to %s', async (host) => {
  simulator.knobs.regionHost = host;
  const region = { host: '' };
  await expect(openai.totals(simulator.keys.admin, JUST_ONE_DAY, { region })).rejects.toMatchObject({
    kind: 'wrong_region',
  });
  expect(origins).toEqual(['http://configured.test']);
  await expect(openai.totals(simulator.keys.admin, JUST_ONE_DAY, { region: { host } })).rejects.toThrow(RangeError);
  expect(origins).toHaveLength(1);
});

test.each([
  ['eu.api.openai.com is the incorrect hostname, use `us.api.openai.com`.', 'us.api.openai.com'],
  ['eu.api.openai.com is the incorrect hostname, use api.openai.com', ''],
])('of two hosts that are named, the other one is meant: %s', async (message, host) => {
  const region = { host: HOST };
  const error = { code: 'incorrect_hostname', message };
  simulator.knobs.regionHost = host || 'configured.test';
  simulator.knobs.replies = { '/organization/costs': { status: 401, body: { error }, times: 1 } };
  await openai.totals(simulator.keys.admin, JUST_ONE_DAY, { region });
  expect(region.host).toBe(host);
});

test('the right host that refuses for a moment is no other region; an organization that moved back is found', async () => {
  const region = { host: HOST };
  const error = { code: 'incorrect_hostname', message: `Use ${HOST}.` };
  simulator.knobs.replies = { '/organization/costs': { status: 401, body: { error }, times: 1 } };
  await expect(openai.totals(simulator.keys.admin, JUST_ONE_DAY, { region })).rejects.toMatchObject({
    kind: 'wrong_region',
  });
  expect([region.host, origins]).toEqual([HOST, [`https://${HOST}`]]);

  simulator.knobs.regionHost = 'configured.test';
  await openai.totals(simulator.keys.admin, JUST_ONE_DAY, { region });
  expect(region.host).toBe('');
});
