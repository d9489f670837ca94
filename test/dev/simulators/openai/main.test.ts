import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';

const main = new URL('../../../../dev/simulators/openai/main.ts', import.meta.url);
interface Ready {
  url: string;
  keys: Record<string, string>;
}
let child: ChildProcess;
let ready: Ready;

beforeEach(async () => {
  child = fork(main, ['--port', '0', '--today', '2026-11-23', '--organization', 'Beta & Co'], { silent: true });
  [ready] = (await once(child, 'message')) as [Ready];
});
afterEach(() => void child.kill('SIGKILL'));

const control = (path: string, body?: object) =>
  fetch(ready.url.replace(/v1$/, `__simulator/${path}`), body && { method: 'POST', body: JSON.stringify(body) });
const me = () => fetch(`${ready.url}/me`, { headers: { authorization: `Bearer ${ready.keys.admin}` } });

test('it can be looked into and changed by HTTP, and stops with the process that started it', async () => {
  expect(await (await me()).text()).toContain('Beta & Co');
  const truth = async () => (await (await control('truth?from=2026-11-20&to=2026-11-21')).json()) as { total: string };
  const before = await truth();
  expect(((await (await control('restate', {})).json()) as unknown[]).length).toBe(21);
  expect((await truth()).total).not.toBe(before.total);
  const usage = async () =>
    (await (await control('usage?endpoint=images&from=2026-11-20&to=2026-11-21')).json()) as { totals: object };
  expect((await usage()).totals).toHaveProperty('images');
  await control('restate', { day: '2026-11-20', change: { endpoint: 'images', kind: 'clear' } });
  expect((await usage()).totals).toEqual({});
  expect((await control('usage?endpoint=costs')).status).toBe(404);
  await control('restate', { day: '2026-11-20', change: { kind: 'clear' } });
  expect((await truth()).total).toBe('0');
  expect((await control('knobs', { latencyMs: 'slow' })).status).toBe(400);
  expect(await (await control('knobs', { latencyMs: 1 })).json()).toMatchObject({ latencyMs: 1 });
  await control('fail', { times: 1, failure: 503 });
  expect([(await me()).status, (await me()).status]).toEqual([503, 200]);
  await control('revoke', { key: 'admin' });
  expect((await me()).status).toBe(401);
  expect(await (await control('requests')).json()).toHaveLength(4);
  expect((await control('nothing')).status).toBe(404);
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('SIGTERM stops it', async () => {
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
