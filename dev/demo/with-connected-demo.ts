import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineEnvironment } from '#environment/parse.ts';
import { coloursFor } from '../cli/colours.ts';
import { createProgress } from '../cli/progress.ts';
import { type SimulatorOptions, startSimulator } from '../simulators/openai/simulator.ts';
import { type Stack, withStack } from '../stack/stack.ts';
import { createApiClient } from './api-client.ts';
import { demoSettings } from './demo-settings.ts';
import { watchBackfill } from './watch-backfill.ts';

/** Calls `use` with a stack of its own whose invented organization has been read, and removes it all in the end. */
export async function withConnectedDemo(
  interrupt: AbortSignal,
  print: (line: string) => void,
  use: (stack: Stack) => Promise<void>,
  spend: Pick<SimulatorOptions, 'factsPerDay'> = {},
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'pump-connected-demo-'));
  const simulator = await startSimulator(spend);
  try {
    const settings = { ...(await demoSettings(directory, print)), OPENAI_BASE_URL: simulator.url };
    const options = { settings, machine: machineEnvironment(), print, interrupt };
    await withStack(options, async (stack, end) => {
      const api = createApiClient(stack.api, stack.secrets.API_TOKEN, end);
      const { id } = await api.connect(simulator.keys.admin);
      await watchBackfill(api, id, createProgress(process.stdout, coloursFor(process.stdout)), end);
      await use(stack);
    });
  } finally {
    await simulator.close();
    await rm(directory, { recursive: true, force: true });
  }
}
