import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataDirectory } from '#dev/stack/data-directory/open.ts';
import { loadSecrets } from '#dev/stack/data-directory/secrets.ts';
import { supervise } from './supervise-until-ready.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'pump-data-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('the data directory', () => {
  it('belongs to one process at a time, and to none after that is killed', async () => {
    const first = await supervise(directory, ['exec sleep 60']);
    const second = await supervise(directory, []);
    expect(second.output).toContain(
      `data is in use by another process (pid ${first.child.pid}): stop that one, or set`,
    );
    expect(second.child.exitCode).toBe(1);

    first.child.kill('SIGKILL');
    await new Promise((resolve) => first.child.on('exit', resolve));
    const third = await supervise(directory, []);
    expect(third.output).toMatch(/^ready$/m);
    // It still writes as it ends.
    third.child.kill('SIGTERM');
    await once(third.child, 'exit');
  });

  it('is readable by its owner only', async () => {
    mkdirSync(join(directory, 'data'), { mode: 0o755 });
    const { path, release } = await openDataDirectory(join(directory, 'data'), () => {});
    expect(mode(path)).toBe('700');
    release();
  });

  it('says so when it cannot be written', async () => {
    writeFileSync(join(directory, 'file'), '');
    await expect(openDataDirectory(join(directory, 'file'), () => {})).rejects.toThrow(
      /^The data directory .*file cannot be written \((EEXIST|ENOTDIR)\): set DATA_DIR to one that can be\.$/,
    );
  });
});

describe('secrets', () => {
  const file = () => join(directory, 'secrets.json');

  it('are generated once and stored where only their owner reads them', () => {
    const made = loadSecrets(file(), {});
    expect(mode(file())).toBe('600');
    expect(loadSecrets(file(), {})).toEqual(made);
    expect(made.API_TOKEN).toMatch(/^pump_[\w-]{32}$/);
    expect(made.SEALING_PRIVATE_KEY).toMatch(/^[\w-]{43}$/);
    expect(made.SEALING_PUBLIC_KEY).toMatch(/^[\w-]{43}$/);
    expect(loadSecrets(join(directory, 'another.json'), {})).not.toMatchObject({ API_TOKEN: made.API_TOKEN });
  });

  it('that are given take precedence over stored ones, and are not written down', () => {
    const made = loadSecrets(file(), {});
    const used = loadSecrets(file(), { API_TOKEN: 'a-token-of-my-own', CLICKHOUSE_PASSWORD: 'given' });
    expect(used).toEqual({ ...made, API_TOKEN: 'a-token-of-my-own', CLICKHOUSE_PASSWORD: 'given' });
    expect(readFileSync(file(), 'utf8')).not.toContain('given');
    expect(loadSecrets(file(), {})).toEqual(made);
  });

  it('take a sealing pair whole, or its private half', () => {
    const pair = loadSecrets(join(directory, 'another.json'), {});
    const { SEALING_PUBLIC_KEY, SEALING_PRIVATE_KEY } = pair;
    expect(loadSecrets(file(), { SEALING_PRIVATE_KEY })).toMatchObject({ SEALING_PUBLIC_KEY, SEALING_PRIVATE_KEY });
    expect(loadSecrets(file(), { SEALING_PUBLIC_KEY, SEALING_PRIVATE_KEY })).toMatchObject({ SEALING_PUBLIC_KEY });
    expect(() => loadSecrets(file(), { SEALING_PUBLIC_KEY })).toThrow(/without SEALING_PRIVATE_KEY/);
    const otherPublicKey = loadSecrets(file(), {}).SEALING_PUBLIC_KEY;
    expect(() => loadSecrets(file(), { SEALING_PRIVATE_KEY, SEALING_PUBLIC_KEY: otherPublicKey })).toThrow(
      /does not belong to SEALING_PRIVATE_KEY/,
    );
  });

  it('are not silently made anew where the file is damaged', () => {
    writeFileSync(file(), '{"API_TOKEN": "pump_');
    expect(() => loadSecrets(file(), {})).toThrow(/does not hold the secrets that were stored in it: restore it/);
    expect(existsSync(file())).toBe(true);
  });
});
