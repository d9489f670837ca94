import { setTimeout as delay } from 'node:timers/promises';
import { addDays } from '#domain/day.ts';
import type { Reader } from '../checks/reader.ts';
import type { State } from '../checks/state.ts';
import type { Draw } from '../draw.ts';
import type { Product } from '../product/product.ts';
import { until } from '../product/until.ts';
import { connect, disconnect, syncRange, triggerDaily } from './requests.ts';

export type Stage = { product: Product; reader: Reader; draw: Draw; faultDraw: Draw; key: string };
export type Phase = {
  from: readonly State[];
  to: State;
  /** Brings about what the phase begins with, before anything goes wrong. */
  prepare?: (stage: Stage) => Promise<void>;
  /** What happens while processes are killed and OpenAI's responses are spoilt. */
  act: (stage: Stage) => Promise<void>;
  /** Whether workers are left alone: what they do then has to outlive the phase. */
  sparesWorkers?: true;
  /** Whether another key is sent. */
  rotates?: true;
  /** Whether readers may find less than before. */
  erases?: true;
};

const FULL_MS = 8_000;
const CALL_MS = 10_000;
/** Days ago: older than what the daily sync reads again. */
const OLD_DAYS = 10;

const sendKey = ({ product, key }: Stage) => connect(product, key).then(() => {});

/** OpenAI changes its recent days, of costs and so of usage; the daily sync has to notice. */
async function dailySync({ product, reader }: Stage) {
  product.simulator.restateRecent();
  reader.learn();
  await triggerDaily(product);
}

/** While a daily sync reads, the organization is disconnected. */
async function disconnectAmidSync(product: Product, query: '' | '?purge=true') {
  await triggerDaily(product);
  await until('OpenAI is called', CALL_MS, async () => product.proxy.calls() > 0 || undefined).catch(() => {});
  await disconnect(product, query);
}

/** The same, and OpenAI responds only afterwards: what is written then would be back for good. */
async function purgeBeforeResponses({ product }: Stage) {
  const release = product.proxy.hold();
  await disconnectAmidSync(product, '?purge=true').finally(release);
}

export const PHASES = {
  connect: { from: ['absent'], to: 'connected', act: sendKey, erases: true },
  'daily sync': { from: ['connected'], to: 'connected', act: dailySync },
  'range sync': {
    from: ['connected'],
    to: 'connected',
    async act({ product, reader, draw }) {
      const day = addDays(product.simulator.today(), -draw.whole(OLD_DAYS, OLD_DAYS + 5));
      const amount = `${draw.whole(1, 999)}.${draw.whole(1, 999_999_999)}`;
      product.simulator.restate(day, { kind: 'set_amount', at: 0, amount });
      reader.learn();
      await syncRange(product, { from: day, to: addDays(day, 2) });
    },
  },
  rotation: {
    from: ['connected'],
    to: 'connected',
    async act(stage) {
      await dailySync(stage);
      await sendKey(stage);
    },
    rotates: true,
  },
  backfill: {
    from: ['connected'],
    to: 'connected',
    async prepare(stage) {
      await disconnect(stage.product, '?purge=true');
      await sendKey(stage);
    },
    // The request is over; what it started goes on.
    act: async () => {},
    erases: true,
  },
  'full disk': {
    from: ['connected'],
    to: 'connected',
    async act(stage) {
      const { disk } = stage.product;
      disk.fill();
      const emptied = delay(FULL_MS).then(() => disk.empty());
      await Promise.all([emptied, dailySync(stage)]);
    },
  },
  disconnect: { from: ['connected'], to: 'disconnected', act: ({ product }) => disconnectAmidSync(product, '') },
  reconnect: { from: ['disconnected'], to: 'connected', act: sendKey },
  purge: {
    from: ['disconnected'],
    to: 'absent',
    act: ({ product }) => disconnect(product, '?purge=true'),
    erases: true,
  },
  'purge, busy': {
    from: ['connected'],
    to: 'absent',
    act: purgeBeforeResponses,
    sparesWorkers: true,
    erases: true,
  },
} satisfies Record<string, Phase>;

export type PhaseName = keyof typeof PHASES;
export const PHASE_NAMES = Object.keys(PHASES) as PhaseName[];
