import { defaultKnobs, type Knobs } from '#dev/simulators/openai/http/knobs.ts';
import { checkAlerts } from '../checks/alerts.ts';
import { checkMoney, checkUsage } from '../checks/money.ts';
import { checkSecrets } from '../checks/secrets.ts';
import { checkState, openWorkflows, type State } from '../checks/state.ts';
import type { Product } from '../product/product.ts';
import { until } from '../product/until.ts';
import { deal, drawBlows } from './blows.ts';
import { PHASES, type Phase, type PhaseName, type Stage } from './phases.ts';

/** How long everything may take to be right once nothing goes wrong any more. */
const SETTLE_MS = 150_000;
/** How many times in a row nothing has to be found: what was erased may be written again a moment later. */
const STEADY_TIMES = 4;
const ENOUGH_FAULTS = 6;
const FAULTS_MS = 15_000;

const { bucketsPerPage, pageQuirk } = defaultKnobs;
const WHOLE_PAGES: Partial<Knobs> = { bucketsPerPage, pageQuirk };
/** How OpenAI may divide its buckets into pages during a phase, rightly or wrongly. */
const PAGES: readonly Partial<Knobs>[] = [
  WHOLE_PAGES,
  { bucketsPerPage: 4 },
  ...(['empty_forever', 'null_next', 'same_token', 'split_bucket'] as const).map((quirk) => ({
    bucketsPerPage: 6,
    pageQuirk: quirk,
  })),
];

/** A line of the table. `wrong`: everything that should not be; `isSettled`: whether all was right in the end. */
export type Outcome = {
  name: PhaseName;
  isSettled: boolean;
  hits: string[];
  faults: string[];
  seconds: number;
  days: number;
  difference: string;
  wrong: string[];
};

/** One phase: something goes on while processes are killed and responses are spoilt; then everything has to be right. */
export async function runPhase(name: PhaseName, stage: Stage, index: number): Promise<Outcome> {
  const { product, reader, draw, faultDraw, key } = stage;
  const { simulator, proxy, processes, api } = product;
  const phase: Phase = PHASES[name];
  const begun = Date.now();
  const wrong: string[] = [];

  reader.allowVanishing(phase.erases === true);
  await phase.prepare?.(stage);
  proxy.take();
  Object.assign(simulator.knobs, faultDraw.oneOf(PAGES));
  proxy.storm(faultDraw);
  const acting = phase.act(stage).catch((error: Error) => void wrong.push(error.message));
  const names = processes.names.filter((each) => !(phase.sparesWorkers && each.startsWith('worker')));
  const hits = await deal(drawBlows(draw, names, index), processes);
  await untilSpoilt(product, phase.to);
  proxy.calm();
  Object.assign(simulator.knobs, WHOLE_PAGES);
  await processes.ready();
  await acting;

  const { days, difference, isSettled } = await settle(product, phase.to, wrong);
  const { faults, keys } = proxy.take();
  if (!phase.rotates && keys.some((used) => used !== key)) wrong.push('OpenAI was called with another key');
  wrong.push(...(await checkSecrets(product)), ...api.takeInexcusable(), ...reader.take());
  return { name, isSettled, hits, faults, seconds: (Date.now() - begun) / 1000, days, difference, wrong };
}

/** Goes on spoiling responses where killed processes have hardly been able to send requests yet. */
async function untilSpoilt(product: Product, state: State) {
  if (state !== 'connected') return;
  await until('enough faults', FAULTS_MS, async () => {
    if (product.proxy.faults() >= ENOUGH_FAULTS) return true;
    // Nothing is left that could send a request.
    return (product.proxy.calls() > 0 && (await openWorkflows(product)).length === 0) || undefined;
  }).catch(() => {});
}

/** Waits until everything is right; what is not right by then goes to `wrong`. */
async function settle(product: Product, state: State, wrong: string[]) {
  let rightTimes = 0;
  let last: { days: number; difference: string; wrong: string[] } = { days: 0, difference: '?', wrong: ['unread'] };
  await until('right', SETTLE_MS, async () => {
    const open = await openWorkflows(product);
    if (open.length > 0) {
      last = { ...last, wrong: open.map((id) => `open: ${id}`) };
      return undefined;
    }
    const asItIs = await checkState(product, state);
    const none = { days: 0, difference: '0', wrong: [] as string[] };
    const money = state === 'absent' ? none : await checkMoney(product);
    const usage = state === 'absent' ? [] : await checkUsage(product);
    const alerts = await checkAlerts(product, state);
    last = { ...money, wrong: [...asItIs, ...money.wrong, ...usage, ...alerts] };
    rightTimes = last.wrong.length === 0 ? rightTimes + 1 : 0;
    return rightTimes === (state === 'absent' ? STEADY_TIMES : 1) || undefined;
  }).catch((error: Error) => wrong.push(error.message, ...last.wrong));
  return { ...last, isSettled: last.wrong.length === 0 };
}
