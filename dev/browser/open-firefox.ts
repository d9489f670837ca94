import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, firefox } from 'playwright-core';

/** Not /usr/bin/firefox: it may start a container, which sees no profile of ours. */
const INSTALLED = [
  '/usr/lib/firefox-esr/firefox-esr',
  '/usr/lib/firefox/firefox',
  '/opt/firefox/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];
/** The oldest that has been driven. */
const OLDEST = 153;

function versionOf(path: string): number {
  const about = ['application.ini', '../Resources/application.ini'].map((name) => join(dirname(path), name));
  const found = about.find((file) => existsSync(file));
  return Number(found && /^Version=(\d+)/m.exec(readFileSync(found, 'utf8'))?.[1]);
}

/** The Firefox of this machine, where it has one that is new enough. */
export const firefoxPath = INSTALLED.find((path) => existsSync(path) && versionOf(path) >= OLDEST);

type Session = { send(method: string, parameters: unknown): Promise<unknown> };
type Internals = { _connection: { toImpl(of: Browser): { _browserSession: Session } } };

/**
 * Opens the installed Firefox, not one of Playwright's own. Each context sends one command that Firefox 153 does not
 * know yet, and no option leaves it out. Only preferences choose the colours here.
 */
export async function openFirefox(executablePath: string): Promise<Browser> {
  const browser = await firefox.launch({ channel: 'moz-firefox', executablePath });
  const session = (browser as unknown as Internals)._connection.toImpl(browser)._browserSession;
  const send = session.send.bind(session);
  session.send = async (method, parameters) =>
    method === 'emulation.setMediaFeaturesOverride' ? {} : send(method, parameters);
  return browser;
}
