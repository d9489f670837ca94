// Small, so that it runs at once: the month and the chart are asked for while the rest of the page’s code is loaded.
import { today } from '#domain/day.ts';
import { endEarly, sendEarly } from './api/early-responses.ts';
import { firstPaths } from './costs/data/first-paths.ts';
import { answerOtherTabs } from './session/other-tabs.ts';
import { tokenOfTab } from './session/token-of-tab.ts';
import { reloadAtToken, storedToken, tokenOfAddress } from './session/token-storage.ts';

/** What nobody has taken by then is for another page. */
const TAKEN_MS = 10_000;

reloadAtToken();
// Where another tab has another token, its answer is not used: nothing of a link is displayed unasked.
const token = storedToken() ?? tokenOfAddress();
if (token && location.pathname === '/') {
  sendEarly(token, firstPaths(location.search, today()));
  setTimeout(endEarly, TAKEN_MS);
}
const [{ start }, tokens] = await Promise.all([import('./start.tsx'), tokenOfTab()]);
answerOtherTabs();
start(tokens);
