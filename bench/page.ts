// `npm run bench:page`: how long the page takes to show the month and the chart in a real browser, and what moves.
// `npm run bench:page -- --facts-per-day=3400`: of an organization of a million facts a year. The first visit’s requests
// are listed.
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openBrowser } from '#dev/browser/browser.ts';
import { runCommandLine } from '#dev/cli/command.ts';
import { withConnectedDemo } from '#dev/demo/with-connected-demo.ts';
import { pageUrl } from '#dev/stack/addresses.ts';
import type { Stack } from '#dev/stack/stack.ts';
import { openMeasured } from './page/open-measured.ts';

const VISITS = 5;
const QUIET_MS = 5000;
const { values } = parseArgs({ options: { 'facts-per-day': { type: 'string', default: '100' } } });
const factsPerDay = Number(values['facts-per-day']);
const print = (line: string) => void process.stdout.write(`${line}\n`);
const seconds = (ms: number) => (ms / 1000).toFixed(2);

/** Usage is read after the costs: until nothing has changed for some seconds, an answer may be computed more than once. */
async function untilAllIsRead({ api, secrets }: Stack, interrupt: AbortSignal): Promise<void> {
  const headers = { authorization: `Bearer ${secrets.API_TOKEN}` };
  const revision = async () =>
    ((await (await fetch(`${api}/v1/costs`, { headers })).json()) as { revision: string }).revision;
  let before = '';
  for (let now = await revision(); now !== before; now = await revision()) {
    before = now;
    await setTimeout(QUIET_MS, undefined, { signal: interrupt });
  }
}

async function visit(stack: Stack, interrupt: AbortSignal): Promise<void> {
  await untilAllIsRead(stack, interrupt);
  const browser = await openBrowser();
  print('\nvisit  painted  month’s figures  chart  all of it  requests  kB  layout shift  moved');
  for (let nth = 1; nth <= VISITS; nth++) {
    // A profile of its own: nothing is in the browser’s cache. What the API has kept, it has.
    const measured = await openMeasured(browser, pageUrl(stack));
    const { painted, month, chart, settled, requests, bytes, shift, moved } = measured;
    const times = [painted, month, chart, settled].map(seconds).join('  ');
    print(
      `${nth}  ${times}  ${requests.length}  ${Math.round(bytes / 1000)}  ${shift.toFixed(3)}  ${moved.join(', ')}`,
    );
    if (nth > 1) continue;
    for (const { path, from, to } of requests) print(`   ${seconds(from)} – ${seconds(to)}  ${path}`);
  }
  await browser.close();
}

await runCommandLine((interrupt) =>
  withConnectedDemo(interrupt, print, (stack) => visit(stack, interrupt), { factsPerDay }),
);
