// `npm run demo`: connects the simulator's organization to a stack of its own and shows what it spent.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineEnvironment } from '#environment/parse.ts';
import { coloursFor } from '../cli/colours.ts';
import { runCommandLine } from '../cli/command.ts';
import { createProgress } from '../cli/progress.ts';
import { describeReading, describeStack } from '../stack/addresses.ts';
import { simulatorPart } from '../stack/parts.ts';
import { aborted, withStack } from '../stack/stack.ts';
import { freePort } from '../stack/system/ports.ts';
import { createApiClient } from './api-client.ts';
import { demoSettings } from './demo-settings.ts';
import { type DemoOptions, HELP, readOptions } from './options.ts';
import { summarize, summaryRecord } from './summarize.ts';
import { renderSummary, type Summary } from './summary.ts';
import { watchBackfill } from './watch-backfill.ts';

process.title = 'pump (dev/demo/main.ts)';

await runCommandLine(async (interrupt) => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(HELP);
    return;
  }
  const directory = mkdtempSync(join(tmpdir(), 'pump-demo-'));
  try {
    const summary = await demo(directory, options, interrupt);
    if (options.json) console.log(JSON.stringify(summaryRecord(summary)));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

/** Runs the demo; resolves with the summary when everything has stopped. */
async function demo(directory: string, { once, json }: DemoOptions, interrupt: AbortSignal): Promise<Summary> {
  // With --json, stdout is for the program that reads it.
  const terminal = json ? process.stderr : process.stdout;
  const print = (line: string) => void terminal.write(`${line}\n`);
  const colours = coloursFor(terminal);

  const adminKey = `sk-admin-${randomBytes(32).toString('base64url')}`;
  const simulator = await freePort();
  const settings = {
    ...(await demoSettings(directory, print)),
    OPENAI_BASE_URL: `http://127.0.0.1:${simulator}/v1`,
  };
  const machine = machineEnvironment();
  const before = [simulatorPart(simulator, adminKey, machine)];
  return withStack({ settings, machine, print, interrupt, before }, async (stack, end) => {
    const api = createApiClient(stack.api, stack.secrets.API_TOKEN, end);
    print('\nConnecting the admin key of an invented organization …');
    const startedAt = performance.now();
    const { id, organization } = await api.connect(adminKey);
    print(`Connected as ${colours.bold(organization.name)}. Its days arrive, newest first:`);
    const integration = await watchBackfill(api, id, createProgress(terminal, colours), end);
    const summary = await summarize(api, integration, (performance.now() - startedAt) / 1000);
    print(`\n${renderSummary(summary, colours)}`);
    if (!once) {
      print(`\n${describeStack(stack, settings)}\n\n${describeReading(stack, settings)}`);
      print(`\nThe invented organization's key, to connect it again:\n  ${adminKey}`);
      print("\nCtrl-C stops everything and removes the demo's data.");
      await aborted(end);
    }
    return summary;
  });
}
