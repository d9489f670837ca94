import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { z } from 'zod';
import { tokenize } from '#dev/chdb-server/sql/lexer.ts';
import { createEmptyDatabase, type Database } from '../support/database.ts';
import { fuzz } from './fuzz.ts';
import { sqlText } from './sql-text.ts';

let database: Database;
let runs = 0;
beforeAll(async () => {
  database = await createEmptyDatabase();
  await database.warehouse.command('create samples', 'CREATE TABLE samples (run UInt32, sql String) ENGINE = Memory');
});
afterAll(() => database.drop());

const token = z.tuple([z.coerce.number(), z.coerce.number(), z.string()]);
type Token = z.infer<typeof token>;

fuzz(
  'agrees with the engine’s own about where tokens begin and end',
  [fc.array(sqlText, { minLength: 1_000, maxLength: 1_000 })],
  async (samples) => {
    const run = runs++;
    await database.warehouse.insert(
      'samples',
      samples.map((sql) => ({ run, sql })),
    );
    const rows = await database.warehouse.query({
      name: 'tokens',
      sql: `SELECT sql, arrayMap(t -> (t.1, t.2, t.3::String), tokenizeQuery(sql)) AS tokens FROM samples
            WHERE run = {run: UInt32}`,
      params: { run },
      row: z.object({ sql: z.string(), tokens: z.array(token) }),
    });
    expect(rows).toHaveLength(samples.length);
    for (const { sql, tokens } of rows) expect([sql, ours(sql)]).toEqual([sql, theirs(sql, tokens)]);
  },
  20,
);

// Where either meets an error the statement is refused, and nothing after it matters.
function ours(sql: string): string[] {
  const list = [...tokenize(sql)];
  const error = list.findIndex(({ type }) => type === 'error');
  return list
    .slice(0, error === -1 ? undefined : error)
    .filter(({ type }) => type !== 'symbol')
    .map(({ start, text }) => `${start} ${text}`);
}

function theirs(sql: string, tokens: readonly Token[]): string[] {
  const bytes = Buffer.from(sql);
  const error = tokens.findIndex(([, , type]) => type.startsWith('Error'));
  return tokens
    .slice(0, error === -1 ? undefined : error)
    .filter(([, , type]) => /^(BareWord|Number|StringLiteral|QuotedIdentifier|HereDoc|Semicolon)$/.test(type))
    .map(([start, end]) => `${bytes.subarray(0, start).toString().length} ${bytes.subarray(start, end)}`);
}
