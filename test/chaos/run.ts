import { once } from 'node:events';
import { type Reader, startReader } from './checks/reader.ts';
import { drawFrom } from './draw.ts';
import type { PhaseName } from './phases/phases.ts';
import { type Outcome, runPhase } from './phases/run-phase.ts';
import { type Product, startProduct } from './product/product.ts';
import { watchAlerts } from './product/watch-alerts.ts';

type Options = {
  seed: string;
  /** Where logs and data go. */
  directory: string;
  workflowBundle: string;
  /** What is run, one after the other. */
  phases: Iterable<PhaseName>;
  factsPerDay: number;
  /** Whether the engine gets a small disk of its own, if this user may make one. */
  withDisk: boolean;
  onOutcome: (outcome: Outcome) => void;
  onSkipped: (name: PhaseName, reason: string) => void;
  /** Called before each phase. */
  isOver: () => boolean;
  interrupt: AbortSignal;
};

/** Runs phases until one does not get right again. @returns whether all went right, and how processes ended by themselves */
export async function runChaos(options: Options): Promise<{ isRight: boolean; exits: string[] }> {
  const { interrupt } = options;
  const product = await startProduct(options);
  await watchAlerts(product).catch(async (error) => {
    await product.stop();
    throw error;
  });
  const reader = startReader(product);
  const interrupted = once(interrupt, 'abort').then((): never => {
    throw interrupt.reason;
  });
  try {
    const isRight = await Promise.race([runPhases(options, product, reader), interrupted]);
    return { isRight, exits: product.processes.exits() };
  } finally {
    await reader.stop();
    await product.stop();
  }
}

async function runPhases(
  { seed, phases, onOutcome, onSkipped, isOver }: Options,
  product: Product,
  reader: Reader,
): Promise<boolean> {
  const { admin, second } = product.simulator.keys;
  let key = admin;
  let isRight = true;
  let index = -1;
  for (const name of phases) {
    if (isOver()) break;
    index += 1;
    if (name === 'full disk' && !product.disk.isSmall) {
      onSkipped(name, 'only root may mount a small disk');
      continue;
    }
    if (name === 'rotation') key = key === admin ? second : admin;
    const [draw, faultDraw] = [drawFrom(`${seed}/${index}`), drawFrom(`${seed}/${index}/faults`)];
    const outcome = await runPhase(name, { product, reader, draw, faultDraw, key }, index);
    onOutcome(outcome);
    isRight &&= outcome.wrong.length === 0;
    if (!outcome.isSettled) break;
  }
  return isRight;
}
