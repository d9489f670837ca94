import { identifier } from '../engine/context.ts';
import type { Engine } from '../engine/engine.ts';
import type { Session } from '../engine/session.ts';
import { ClickHouseException } from '../sql/exception.ts';
import { readStatement } from '../sql/statement.ts';
import { NO_EXPRESSIONS } from '../users/analyst-settings.ts';
import type { Analyst } from '../users/analysts.ts';
import { restrict } from '../users/restrict.ts';
import { execute, type Options } from './execute.ts';
import type { ExternalTable } from './request.ts';

/** Makes a client's table a temporary one of the session. @returns what drops it */
export async function createExternalTable(
  { name, structure, format, data }: ExternalTable,
  options: Options & { analyst: Analyst | undefined },
): Promise<() => Promise<void>> {
  const { analyst, engine, session, spool } = options;
  // The settings of the statement are for the statement.
  const none = { settings: {}, parameters: {} };
  const table = identifier(name);
  const create = readStatement(`CREATE TEMPORARY TABLE ${table} (${structure})`);
  const restricted = analyst && restrict(create.sql, none, analyst, await engine.catalog());
  const context = { ...options.context, ...none, settings: { ...restricted, ...(analyst && NO_EXPRESSIONS) } };
  await execute(create, { engine, spool, context, session }, async () => {});
  const insert = { kind: 'insert', target: `INSERT INTO ${table}`, settings: '', format: formatName(format) } as const;
  await execute(
    { ...insert, values: undefined, data: once(data) },
    { engine, spool, context, session },
    async () => {},
  );
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
