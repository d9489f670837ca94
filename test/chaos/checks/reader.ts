import { setTimeout as delay } from 'node:timers/promises';
import type { Day } from '#domain/day.ts';
import type { Product } from '../product/product.ts';
import { history } from './money.ts';

const PAUSE_MS = 500;

export type Reader = ReturnType<typeof startReader>;

/**
 * Reads the costs by day all the time, as a page does. A day is as it was before or as it is now, never between the
 * two; and while nothing is erased, a day that was there stays there.
 */
export function startReader(product: Product) {
  const known = new Map<Day, Set<string>>();
  const seen = new Set<Day>();
  const wrong = new Set<string>();
  let mayVanish = true;
  let isStopped = false;

  function learn() {
    const { from, to } = history(product);
    for (const { day, total } of product.simulator.truth.days(from, to)) {
      known.set(day, (known.get(day) ?? new Set()).add(total));
    }
  }

  async function readOnce() {
    const { from, to } = history(product);
    const mayHaveVanished = mayVanish;
    const { status, code, body } = await product.api.get(`/v1/costs?from=${from}&to=${to}&granularity=day`);
    if (status === 503) return;
    if (status !== 200) return void wrong.add(`a reader got ${status} ${code}`);
    const days = new Map(
      (body.data as { period: Day; amount: string }[]).map(({ period, amount }) => [period, amount]),
    );
    for (const [day, amount] of days) {
      if (!known.get(day)?.has(amount)) wrong.add(`a reader saw ${amount} on ${day}`);
    }
    if (mayHaveVanished || mayVanish) return;
    const vanished = [...seen].filter((day) => !days.has(day));
    if (vanished.length > 0) wrong.add(`a reader saw ${vanished.length} days no more, as ${vanished[0]}`);
    for (const day of days.keys()) seen.add(day);
  }

  async function run() {
    for (; !isStopped; await delay(PAUSE_MS)) await readOnce().catch(() => {}); // no response: the API is down
  }
  learn();
  const running = run();
  return {
    /** Has to be called before and after OpenAI's figures change. */
    learn,
    /** Whether what was there may be erased from now on. */
    allowVanishing(allowed: boolean) {
      mayVanish = allowed;
      seen.clear();
    },
    /** What was seen and should not have been, since the last call. */
    take() {
      const list = [...wrong];
      wrong.clear();
      return list;
    },
    async stop() {
      isStopped = true;
      await running;
    },
  };
}
