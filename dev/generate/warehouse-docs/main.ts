import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { migrate } from '#clickhouse/schema/migrate.ts';
import { startChdbServer } from '../../chdb-server/spawn.ts';
import { renderDbtSources } from './dbt-sources.ts';
import { renderWarehouse } from './render.ts';

// Writes docs/warehouse.md and dbt/models/sources.yml from a new database with every table and view.
const directory = await mkdtemp(join(tmpdir(), 'pump-docs-'));
const engine = await startChdbServer({ directory });
const warehouse = openWarehouse({ ...engine, user: 'default', database: 'default', application: 'docs' });
try {
  await migrate(warehouse);
  await writeFile(new URL('../../../docs/warehouse.md', import.meta.url), await renderWarehouse(warehouse));
  await writeFile(new URL('../../../dbt/models/sources.yml', import.meta.url), await renderDbtSources(warehouse));
} finally {
  await warehouse.close();
  await engine.stop();
  await rm(directory, { recursive: true, force: true });
}
