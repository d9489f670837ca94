import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { unpackChromium } from '#dev/browser/unpack-chromium.ts';

test('where no browser is installed, one comes with the packages, and is unpacked once for all processes', async () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return expect(unpackChromium()).rejects.toThrow('Install Google Chrome or Chromium');
  }
  const directory = await mkdtemp(join(tmpdir(), 'pump-browser-'));
  const home = join(directory, 'chromium');
  const [launch] = await Promise.all([unpackChromium(home), unpackChromium(home)]);
  expect(await readdir(directory)).toEqual(['chromium']);
  const browser = await chromium.launch(launch);
  for (const word of ['one', 'after the other']) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.setContent(`<b>${word}</b>`);
    const { width } = (await page.getByText(word).boundingBox()) ?? {};
    expect(width).toBeGreaterThan(0);
    await context.close();
  }
  await browser.close();
  await rm(directory, { recursive: true });
});
