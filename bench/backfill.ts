// How long a backfill takes beside its mere requests: from POST to 30 readable days, and to everything read; first by a
// stack that has just started, then another organization's. The stack is that of `npm start`; in place of OpenAI, a
// process responds from memory. On Linux.
// `npm run bench:backfill -- usual 100`: sizes, or costs a day. `--latency=100` delays each response by milliseconds.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommandLine } from '#dev/cli/command.ts';
import { demoSettings } from '#dev/demo/demo-settings.ts';
import { withStack } from '#dev/stack/stack.ts';
import { freePort } from '#dev/stack/system/ports.ts';
import { machineEnvironment } from '#environment/parse.ts';
import { keptOpenAi, makeResponses } from './backfill/kept-responses.ts';
import { type Measured, measure } from './backfill/measure.ts';

/** Costs of an ordinary day. A year has some 300 times as many, and two thirds of them again as usage. */
const SIZES: Record<string, number> = { small: 36, usual: 500, large: 3_400, wide: 10_200 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { latency: { type: 'string', default: '0' } },
});
const sizes = positionals.length > 0 ? positionals : ['small', 'usual', 'large'];

await runCommandLine(async (interrupt) => {
  for (const size of sizes) await benchBackfill(size, interrupt);
});

async function benchBackfill(size: string, interrupt: AbortSignal): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'pump-bench-'));
  const origin = `http://127.0.0.1:${await freePort()}`;
  const adminKey = `sk-admin-${randomBytes(32).toString('base64url')}`;
  const kept = { origin, adminKey, factsPerDay: SIZES[size] ?? Number(size), latency: Number(values.latency) };
  const another = { ...kept, adminKey: `${adminKey}_n1` };
  const machine = machineEnvironment();
  const print = () => {};
  try {
    const settings = { ...(await demoSettings(directory, print)), OPENAI_BASE_URL: `${origin}/v1` };
    const before = [keptOpenAi(kept, machine)];
    await withStack({ settings, machine, print, interrupt, before }, async (stack, end) => {
      await makeResponses(kept);
      await makeResponses(another);
      report(`${size}, first`, await measure(stack, settings, kept, end));
      report(`${size}, warm`, await measure(stack, settings, another, end));
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function report(size: string, m: Measured): void {
  const seconds = (value: number) => `${value.toFixed(2)} s`;
  console.log(`
${size}: ${m.costs} costs and ${m.usage} usage facts, ${m.megabytes.toFixed(0)} MB in ${m.requests} requests
  connected ${seconds(m.connected)}, 30 days ${seconds(m.month)}, all ${seconds(m.all)}
  limit ${seconds(m.limit)}: all is ${(m.all / m.limit).toFixed(1)} times as long
  worker ${seconds(m.workerCpu)} of CPU, peak ${m.workerPeak} MB
  engine ${seconds(m.engineCpu)} of CPU, peak ${m.enginePeak} MB
  ${m.statements} statements, ${m.activities} activities, ${m.bytesOfFact.toFixed(0)} bytes a fact
  sums ${m.isExact ? 'are those of the simulator' : 'DIFFER from the simulator'}`);
}
