// Takes docs/page.png: the page of a stack of its own, with an invented organization.
import { fileURLToPath } from 'node:url';
import { openBrowser } from '../../browser/browser.ts';
import { runCommandLine } from '../../cli/command.ts';
import { withConnectedDemo } from '../../demo/with-connected-demo.ts';
import { pageUrl } from '../../stack/addresses.ts';
import { retry } from '../../stack/system/retry.ts';

process.title = 'pump (dev/generate/page-picture/main.ts)';
const print = (line: string) => void process.stdout.write(`${line}\n`);

type Limits = { data: { read_on: string | null }[] };

await runCommandLine((interrupt) =>
  withConnectedDemo(interrupt, print, async (stack) => {
    const headers = { authorization: `Bearer ${stack.secrets.API_TOKEN}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ name: 'All costs', amount: '15000' });
    await fetch(`${stack.api}/v1/budgets`, { method: 'POST', headers, body });
    // Names and limits are read after the costs.
    await retry(async () => {
      const { data } = (await (await fetch(`${stack.api}/v1/limits`, { headers })).json()) as Limits;
      if (!data.every(({ read_on }) => read_on)) throw new Error('the limits are not read yet');
    }, interrupt);
    const browser = await openBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, locale: 'en-US' });
    await page.goto(pageUrl(stack));
    await page.getByRole('heading', { name: /^Expected by / }).waitFor();
    await page.getByRole('heading', { name: 'Why', exact: true }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: fileURLToPath(new URL('../../../docs/page.png', import.meta.url)) });
    await browser.close();
  }),
);
