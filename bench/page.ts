// `npm run bench:page`: how long the page takes to show the month and the chart in a real browser, and what moves.
import { openBrowser } from '#dev/browser/browser.ts';
import { runCommandLine } from '#dev/cli/command.ts';
import { withConnectedDemo } from '#dev/demo/with-connected-demo.ts';
import { pageUrl } from '#dev/stack/addresses.ts';
import { openMeasured } from './page/open-measured.ts';

const VISITS = 5;
const print = (line: string) => void process.stdout.write(`${line}\n`);
const seconds = (ms: number) => (ms / 1000).toFixed(2);

await runCommandLine((interrupt) =>
  withConnectedDemo(interrupt, print, async (stack) => {
    const browser = await openBrowser();
    print('\nvisit  month’s figures  chart  all of it  requests  kB  layout shift  moved');
    for (let visit = 1; visit <= VISITS; visit++) {
      // A profile of its own: nothing is in the browser’s cache. What the API has kept, it has.
      const measured = await openMeasured(browser, pageUrl(stack));
      const { month, chart, settled, requests, bytes, shift, moved } = measured;
      const times = [month, chart, settled].map(seconds).join('  ');
      print(`${visit}  ${times}  ${requests}  ${Math.round(bytes / 1000)}  ${shift.toFixed(3)}  ${moved.join(', ')}`);
    }
    await browser.close();
  }),
);
