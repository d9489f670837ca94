import { startReader } from './checks/reader.ts';
import { drawFrom } from './draw.ts';
import type { PhaseName } from './phases/phases.ts';
import { type Outcome, runPhase } from './phases/run-phase.ts';
import { startProduct } from './product/product.ts';

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
  /** Called before each phase. */
  isOver: () => boolean;
};

/** Runs phases until one does not get right again. @returns whether all went right, and how processes ended by themselves */
export async function runChaos(options: Options): Promise<{ isRight: boolean; skipped: string[]; exits: string[] }> {
  const { seed, phases, onOutcome, isOver } = options;
  const product = await startProduct(options);
  const reader = startReader(product);
  const { admin, second } = product.simulator.keys;
  const skipped: string[] = [];
  let key = admin;
  let isRight = true;
  try {
    let index = 0;
    for (const name of phases) {
      if (isOver()) break;
      if (name === 'full disk' && !product.disk.isSmall) {
        if (skipped.length === 0) skipped.push('full disk: not tried, because only root may mount a small disk');
        continue;
      }
      if (name === 'rotation') key = key === admin ? second : admin;
      const [draw, faultDraw] = [drawFrom(`${seed}/${index}`), drawFrom(`${seed}/${index}/faults`)];
      const outcome = await runPhase(name, { product, reader, draw, faultDraw, key }, index);
      onOutcome(outcome);
      isRight &&= outcome.wrong.length === 0;
      if (!outcome.isSettled) break;
      index += 1;
    }
  } finally {
    await reader.stop();
    await product.stop();
  }
  return { isRight, skipped, exits: product.processes.exits() };
}
