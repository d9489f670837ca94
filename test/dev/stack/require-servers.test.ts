import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { requireEmbeddedClickhouse, requireTemporal } from '#dev/stack/require-servers.ts';
import { temporalDatabase } from '#dev/temporal-server/database.ts';

it('says so where ClickHouse cannot be embedded', () => {
  expect(requireEmbeddedClickhouse()).toBeUndefined();
  expect(() => requireEmbeddedClickhouse('win32', 'x64')).toThrow(
    /@chdb\/lib-win32-x64 is not installed.* CLICKHOUSE_URL/,
  );
});

it.each(['127.0.0.1:1', 'nonsense', '[::1]:1'])('says so where no Temporal responds at %s', async (address) => {
  await expect(requireTemporal(address)).rejects.toThrow(
    `TEMPORAL_ADDRESS is ${address}, but no Temporal responds there`,
  );
});

it('does not hand the data of one Temporal version to another', () => {
  const directory = mkdtempSync(join(tmpdir(), 'pump-version-'));
  const cli = { path: 'temporal', version: '1.8.2', server: '1.31.2' };
  const file = join(directory, 'temporal-1.31.sqlite');
  expect(temporalDatabase(directory, cli)).toBe(file);
  writeFileSync(file, '');
  expect(temporalDatabase(directory, { ...cli, server: '1.31.5' })).toBe(file);
  expect(() => temporalDatabase(directory, { ...cli, server: '1.29.1' })).toThrow(
    /set TEMPORAL_CLI_PATH .* move the file away/,
  );
  rmSync(directory, { recursive: true });
});
