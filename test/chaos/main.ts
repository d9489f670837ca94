import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleWorkflows } from '../support/bundle-workflows.ts';
import { waitOverMidnight } from '../support/wait-over-midnight.ts';
import { drawFrom } from './draw.ts';
import { FAULTS } from './provider/faults.ts';
import { runChaos } from './run.ts';
import { sequence } from './sequence.ts';
import { HEAD, LEGEND, linesOf } from './table.ts';

const HELP = `Kills processes and spoils OpenAI's responses, and checks that everything is right afterwards.

  npm run test:chaos -- [options]

  --minutes <n>   how long phases are begun, at least (default 5)
  --seed <text>   the seed of a run to repeat (default: a new one)
`;
const MINUTE_MS = 60_000;
const LAST_PHASE_MINUTES = 4;
const print = (line: string) => process.stdout.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: Math.random().toString(36).slice(2, 8) },
    help: { type: 'boolean', default: false },
  },
});
const { seed, minutes, help } = values;
if (help) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (!(Number(minutes) > 0)) throw new RangeError('--minutes must be a number above 0.');

await waitOverMidnight((Number(minutes) + LAST_PHASE_MINUTES) * MINUTE_MS);
const directory = await mkdtemp(join(tmpdir(), 'pump-chaos-'));
const workflowBundle = join(directory, 'workflows.js');
await writeFile(workflowBundle, await bundleWorkflows());
print(`Seed ${seed}, ${minutes} minutes. Logs: ${directory}/logs\n`);
print(HEAD.join('\n'));
const faults: string[] = [];
const end = Date.now() + Number(minutes) * MINUTE_MS;
const { isRight, skipped, exits } = await runChaos({
  ...{ seed, directory, workflowBundle, factsPerDay: 20, withDisk: true },
  phases: sequence(drawFrom(seed)),
  isOver: () => Date.now() > end,
  onOutcome(outcome) {
    faults.push(...outcome.faults);
    print(linesOf(outcome).join('\n'));
  },
});
print(['', LEGEND, ...summaryOf(faults), ...skipped, ...exits].join('\n'));
if (isRight) await rm(directory, { recursive: true, force: true });
else print(`\nTo repeat it: npm run test:chaos -- --seed ${seed} --minutes ${minutes}`);
process.exit(isRight ? 0 : 1);

/** How often OpenAI's responses were spoilt, and in how many ways. */
function summaryOf(list: readonly string[]): string[] {
  return [`Faults: ${list.length} of ${new Set(list).size} kinds (${FAULTS.flat().length} are known)`];
}
