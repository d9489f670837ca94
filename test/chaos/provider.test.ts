import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { ProviderError } from '#providers/http/error.ts';
import { createOpenAi, type OpenAi } from '#providers/openai/client.ts';
import type { Draw } from './draw.ts';
import { FAULTS } from './provider/faults.ts';
import { startProxy } from './provider/proxy.ts';

const window = { from: '2026-09-01', to: '2026-09-04' };
/** What is tried again later, with the same key. */
const PASSING = ['rate_limited', 'provider_unavailable', 'incomplete_window', 'malformed_response'];

let simulator: Simulator;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let openai: OpenAi;
beforeAll(async () => {
  simulator = await startSimulator({ today: window.to, factsPerDay: 5 });
  proxy = await startProxy(simulator.url);
  openai = createOpenAi({ baseUrl: proxy.url });
});
afterAll(async () => {
  await openai.close();
  await Promise.all([proxy.close(), simulator.close()]);
});

const read = () => openai.costs(simulator.keys.admin, window);

test.each(FAULTS.flat().map((fault) => [fault.name, fault] as const))(
  'a response that is spoilt is not taken for a right one, nor the key for a bad one: %s',
  async (name, fault) => {
    const right = await read();
    proxy.take();
    let times = 0;
    const oneOf = <T>(list: readonly T[]) => (list === FAULTS ? [fault] : fault) as T;
    const only: Draw = { happens: () => times++ === 0, whole: () => 0, oneOf };
    proxy.storm(only);
    const reading = read().catch((error: unknown) => error);
    await expect.poll(() => proxy.faults(), { interval: 10 }).toBeGreaterThan(0);
    if (name.startsWith('stall')) proxy.calm();
    const result = await reading;
    proxy.calm();
    if (result instanceof ProviderError) expect(PASSING).toContain(result.kind);
    else expect(result).toEqual(right);
  },
);
