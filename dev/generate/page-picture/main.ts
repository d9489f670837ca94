// Takes docs/page.png: the page of a stack of its own, with an invented organization.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machineEnvironment } from '#environment/parse.ts';
import { openBrowser } from '../../browser/browser.ts';
import { coloursFor } from '../../cli/colours.ts';
import { runCommandLine } from '../../cli/command.ts';
import { createProgress } from '../../cli/progress.ts';
import { createApiClient } from '../../demo/api-client.ts';
import { demoSettings } from '../../demo/demo-settings.ts';
import { watchBackfill } from '../../demo/watch-backfill.ts';
import { startSimulator } from '../../simulators/openai/simulator.ts';
import { pageUrl } from '../../stack/addresses.ts';
import { withStack } from '../../stack/stack.ts';

process.title = 'pump (dev/generate/page-picture/main.ts)';
const print = (line: string) => void process.stdout.write(`${line}\n`);

await runCommandLine(async (interrupt) => {
  const directory = await mkdtemp(join(tmpdir(), 'pump-picture-'));
  const simulator = await startSimulator();
  try {
    const settings = { ...(await demoSettings(directory, print)), OPENAI_BASE_URL: simulator.url };
    const options = { settings, machine: machineEnvironment(), print, interrupt };
    await withStack(options, async (stack, end) => {
      const api = createApiClient(stack.api, stack.secrets.API_TOKEN, end);
      const { id } = await api.connect(simulator.keys.admin);
      await watchBackfill(api, id, createProgress(process.stdout, coloursFor(process.stdout)), end);
      const browser = await openBrowser();
      const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, locale: 'en-US' });
      await page.goto(pageUrl(stack));
      await page.getByRole('heading', { name: /^Expected by / }).waitFor();
      await page.getByRole('heading', { name: 'Why', exact: true }).waitFor();
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: fileURLToPath(new URL('../../../docs/page.png', import.meta.url)) });
      await browser.close();
    });
  } finally {
    await simulator.close();
    await rm(directory, { recursive: true, force: true });
  }
});
