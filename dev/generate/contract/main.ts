import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { migrate } from '#clickhouse/schema/migrate.ts';
import packageJson from '#package.json' with { type: 'json' };
import { startChdbServer } from '../../chdb-server/spawn.ts';
import { changesOf, unnamed } from './changes.ts';
import { contract, describeContract } from './describe.ts';
import { writeContractRows } from './rows.ts';

// Writes clickhouse/schema/contract.json, what this version promises of its views: once per release.
const file = new URL('../../../clickhouse/schema/contract.json', import.meta.url);
const before = contract.parse(JSON.parse(await readFile(file, 'utf8')));
const changelog = await readFile(new URL('../../../CHANGELOG.md', import.meta.url), 'utf8');
const directory = await mkdtemp(join(tmpdir(), 'pump-contract-'));
const engine = await startChdbServer({ directory });
const warehouse = openWarehouse({ ...engine, user: 'default', database: 'default', application: 'contract' });
try {
  await migrate(warehouse);
  await writeContractRows(warehouse);
  const now = await describeContract(warehouse, packageJson.version);
  const broken = unnamed(changesOf(before, now), changelog, before);
  for (const { of, what } of broken) console.error(`\`${of}\` ${what}: CHANGELOG.md has to name it.`);
  if (broken.length > 0) process.exitCode = 1;
  else await writeFile(file, `${JSON.stringify(now, null, 2)}\n`);
} finally {
  await warehouse.close();
  await engine.stop();
  await rm(directory, { recursive: true, force: true });
}
