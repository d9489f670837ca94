import { identifier } from '../engine/context.ts';
import type { Engine } from '../engine/engine.ts';
import type { Session } from '../engine/session.ts';
import { ClickHouseException } from '../sql/exception.ts';
import { readStatement } from '../sql/statement.ts';
import type { Analyst } from '../users/analysts.ts';
import { restrict } from '../users/restrict.ts';
import { execute, type Options } from './execute.ts';

/** A file of a form, and the fields that say how to read it: a table that one statement sees. */
export type ExternalTable = { name: string; structure: string; format: string; data: Buffer };

/** What the fields `name_structure`, `name_types` and `name_format` say about the file `name`. */
export function readExternalTable(name: string, data: Buffer, fields: Record<string, string>): ExternalTable {
  const types = fields[`${name}_types`]?.split(',').map((type, index) => `_${index + 1} ${type}`);
  const structure = fields[`${name}_structure`] ?? types?.join(', ');
  if (!structure) {
    throw new ClickHouseException(36, 'BAD_ARGUMENTS', `The structure of the external table ${name} is not given`);
  }
  return { name, structure, format: fields[`${name}_format`] ?? 'TabSeparated', data };
}

/** Makes it a temporary table of the session. @returns what drops it */
export async function createExternalTable(
  { name, structure, format, data }: ExternalTable,
  options: Options & { analyst: Analyst | undefined },
): Promise<() => Promise<void>> {
  const { analyst, engine, session, spool } = options;
  // The settings of the statement are for the statement.
  const context = { ...options.context, settings: {}, parameters: {} };
  const table = identifier(name);
  const create = readStatement(`CREATE TEMPORARY TABLE ${table} (${structure})`);
  if (analyst) restrict(create, context, analyst);
  await execute(create, { engine, spool, context, session }, async () => {});
  const insert = { kind: 'insert', target: `INSERT INTO ${table}`, settings: '', format: formatName(format) } as const;
  await execute({ ...insert, data: once(data) }, { engine, spool, context, session }, async () => {});
  return () => drop(table, { engine, context, session });
}

async function drop(
  table: string,
  { engine, context, session }: { engine: Engine; context: Options['context']; session: Session | undefined },
) {
  const statement = { kind: 'command', sql: `DROP TEMPORARY TABLE IF EXISTS ${table}`, changes: 'more' } as const;
  const signal = new AbortController().signal; // also when the client has gone
  await engine.run({ ...statement, substitutions: [] }, { ...context, signal }, session).catch(() => {});
}

async function* once(data: Buffer): AsyncGenerator<Buffer> {
  yield data;
}

function formatName(format: string): string {
  if (/^\w+$/.test(format)) return format;
  throw new ClickHouseException(73, 'UNKNOWN_FORMAT', 'Unknown format of an external table');
}
