import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '#dev/cli/command.ts';
import { UserError } from '#dev/cli/user-error.ts';
import { bundleWorkflows } from '../support/bundle-workflows.ts';
import { waitOverMidnight } from '../support/wait-over-midnight.ts';
import { drawFrom } from './draw.ts';
import { HELP, readOptions } from './options.ts';
import { FAULTS } from './provider/faults.ts';
import { runChaos } from './run.ts';
import { sequence } from './sequence.ts';
import { HEAD, LEGEND, linesOf, skippedLine } from './table.ts';

const MINUTE_MS = 60_000;
/** The longest phase, which may begin as time is up. */
const LAST_PHASE_MINUTES = 4;
const print = (...lines: string[]) => process.stdout.write(`${lines.join('\n')}\n`);

await runCommandLine(async (interrupt) => {
  const { seed, minutes, help } = readOptions(process.argv.slice(2));
  if (help) return void print(HELP);
  await waitOverMidnight((minutes + LAST_PHASE_MINUTES) * MINUTE_MS);
  const directory = await mkdtemp(join(tmpdir(), 'pump-chaos-'));
  const workflowBundle = join(directory, 'workflows.js');
  await writeFile(workflowBundle, await bundleWorkflows());
  print(`Seed ${seed}, ${minutes} minutes. Logs: ${directory}/logs`, '', ...HEAD);

  const faults: string[] = [];
  const end = Date.now() + minutes * MINUTE_MS;
  const { isRight, exits } = await runChaos({
    ...{ seed, directory, workflowBundle, interrupt, factsPerDay: 20, withDisk: true },
    phases: sequence(drawFrom(seed)),
    isOver: () => Date.now() > end,
    onOutcome(outcome) {
      faults.push(...outcome.faults);
      print(...linesOf(outcome));
    },
    onSkipped: (name, reason) => print(skippedLine(name, reason)),
  });
  const kinds = `${new Set(faults).size} of the ${FAULTS.flat().length} kinds`;
  print('', LEGEND, `Faults: ${faults.length}, ${kinds}`, ...exits.map((exit) => `Ended by itself: ${exit}`));
  if (!isRight) {
    throw new UserError(`Something was wrong. Repeat it: npm run test:chaos -- --seed ${seed} --minutes ${minutes}`);
  }
  await rm(directory, { recursive: true, force: true });
});
