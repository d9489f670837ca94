import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { isStable } from '../warehouse-docs/is-stable.ts';
import { withoutStorage } from '../warehouse-docs/without-storage.ts';
import { contractRows } from './rows.ts';

/** What a stable column promises: its type, what its comment says, and its values over the contract's own rows. */
const columnContract = z.object({ type: z.string(), meaning: z.string(), values: z.string() });
export const contract = z.object({
  /** The version that promised this. */
  version: z.string(),
  /** Hash of the rows that the values are of. */
  rows: z.string(),
  views: z.record(z.string(), z.object({ meaning: z.string(), columns: z.record(z.string(), columnContract) })),
});
export type Contract = z.infer<typeof contract>;

const view = z.object({ name: z.string(), comment: z.string() });
const column = view.extend({ type: z.string() });

/** The contract that the views of a database keep which holds the contract's rows and nothing else. */
export async function describeContract(warehouse: Warehouse, version: string): Promise<Contract> {
  const views = await warehouse.query({
    name: 'views',
    sql: `SELECT name, comment FROM system.tables
          WHERE database = currentDatabase() AND engine = 'View' ORDER BY name`,
    row: view,
  });
  const described = views.filter(isStable).map(async ({ name, comment }) => {
    return [name, { meaning: comment, columns: await describeColumns(warehouse, name) }] as const;
  });
  return {
    version,
    rows: shortHash(contractRows),
    views: Object.fromEntries(await Promise.all(described)),
  };
}

async function describeColumns(warehouse: Warehouse, view: string) {
  const columns = await warehouse.query({
    name: 'columns of a view',
    sql: `SELECT name, type, comment FROM system.columns
          WHERE database = currentDatabase() AND table = {view: String} ORDER BY position`,
    params: { view },
    row: column,
  });
  const rows = await warehouse.query({
    name: 'rows of a view',
    sql: `SELECT * FROM ${view}`,
    row: z.record(z.string(), z.unknown()),
  });
  if (rows.length === 0) throw new Error(`The contract has no rows for the view ${view}.`);
  return Object.fromEntries(
    columns.filter(isStable).map(({ name, type, comment }) => {
      const values = rows.map((row) => JSON.stringify(row[name])).sort();
      return [name, { type: withoutStorage(type), meaning: comment, values: shortHash(values) }] as const;
    }),
  );
}

const shortHash = (value: unknown) => hash('sha256', JSON.stringify(value), 'hex').slice(0, 8);
