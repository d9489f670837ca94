import type { Catalog } from '../engine/catalog.ts';
import { isWord } from '../sql/format-clause.ts';
import { type Token, tokenize } from '../sql/lexer.ts';
import { refuseReads } from './analyst-background.ts';
import { refuseFunctions } from './analyst-functions.ts';
import { refuseSetting } from './analyst-settings.ts';
import { bare, denied } from './denied.ts';

const STATEMENTS =
  'SELECT WITH FROM INSERT CREATE REPLACE ALTER RENAME EXCHANGE DROP TRUNCATE OPTIMIZE DELETE UPDATE ' +
  'SHOW DESCRIBE DESC EXISTS EXPLAIN CHECK SET USE KILL';
const FIRST_WORDS = STATEMENTS.split(' ');
// Others read other tables, files and addresses, and some with more rights than the reader has.
const TABLE_ENGINES = /^(\w*MergeTree|Memory|Log|TinyLog|StripeLog|Null|Set|Join)$/;
const DATABASE_ENGINES = /^Atomic$/;

/**
 * Refuses all but what is known to stay within an analyst's rights. The engine checks these, except where it reads past
 * its row policies, or what is not a table.
 * @throws ClickHouseException
 */
export function refuseForAnalyst(
  sql: string,
  { database, parameters, catalog }: { database: string; parameters: Record<string, string>; catalog: Catalog },
): void {
  const tokens = [...tokenize(sql)];
  const [first] = tokens;
  if (first?.text !== '(' && !isWord(first, ...FIRST_WORDS)) throw denied(first?.text ?? 'an empty statement');
  const created = isWord(first, 'CREATE', 'REPLACE') ? objectOf(tokens) : undefined;
  if (created && !isWord(created, 'TABLE', 'VIEW', 'DATABASE')) throw denied(`${first?.text} ${created.text}`);
  refuseFunctions(tokens, parameters, catalog);
  if (isWord(first, 'ALTER', 'DELETE', 'UPDATE')) refuseReads(tokens, catalog);
  if (isWord(created, 'TABLE')) refuseReads(definitionOf(tokens), catalog);

  let settings = isWord(first, 'SET');
  let partition = false;
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    const is = (...words: string[]) => words.every((word, offset) => isWord(tokens[index + offset], word));
    if (token.type === 'identifier' && token.text.includes('\\')) throw denied('names with a backslash');
    if (is('PARALLEL', 'WITH')) throw denied('PARALLEL WITH');
    if (isWord(first, 'SET') && index < 3 && is('ROLE')) throw denied('SET ROLE');
    if (is('SQL', 'SECURITY') || (is('DEFINER') && next?.text === '=')) throw denied('SQL SECURITY');
    // Parts are copied whole, with rows of all tenants.
    if (is('CLONE', 'AS')) throw denied('CLONE AS');
    partition ||= isWord(first, 'ALTER') && is('PARTITION');
    if (partition && is('FROM') && !isOwn(next, tokens[index + 2], database)) {
      throw denied('a partition of a table of another database');
    }
    if (created && is('ENGINE')) {
      const name = next?.text === '=' ? tokens[index + 2] : next;
      const engines = isWord(created, 'DATABASE') ? DATABASE_ENGINES : TABLE_ENGINES;
      if (!engines.test(name?.text ?? '')) throw denied(`the engine ${name?.text}`);
    }
    // Its directory may be another table's.
    if (created && is('UUID') && next?.type === 'string') throw denied('a UUID of its own choice');
    // A table that is a table function has no engine in its statement.
    if (created && is('AS') && next && tokens[index + 2]?.text === '(') {
      if (catalog.tableFunctions.has(bare(next).toLowerCase())) throw denied(`a table as ${bare(next)}()`);
    }
    settings ||= is('SETTINGS') || (isWord(first, 'ALTER') && is('SETTING'));
    if (settings && next?.text === '=') refuseSetting(bare(token), tokens[index + 2]?.text ?? '', catalog);
    else if (settings && beginsSetting(tokens[index - 1])) refuseSetting(bare(token), '1', catalog);
  }
}

/** What is created: the word after CREATE that says neither how nor for how long. */
function objectOf(tokens: Token[]): Token {
  const rest = tokens.slice(1);
  return rest.find((token) => !isWord(token, 'OR', 'REPLACE', 'TEMPORARY', 'TEMP')) ?? (tokens[0] as Token);
}

/** `SET name` and `SETTINGS a = 2, name` are short for `name = 1`. */
function beginsSetting(before: Token | undefined): boolean {
  return before?.text === ',' || isWord(before, 'SET', 'SETTING', 'SETTINGS');
}

/** What a table says of itself, up to the query that fills it. `AS table` may have clauses behind it. */
function definitionOf(tokens: Token[]): Token[] {
  let depth = 0;
  const outside = tokens.map((token) => {
    if (token.type === 'symbol') depth += '([{'.includes(token.text) ? 1 : ')]}'.includes(token.text) ? -1 : 0;
    return depth === 0;
  });
  // Tables may be called `as`, `select` and `with`. A query has no TTL.
  const end = tokens.findIndex((token, index) => {
    const [before, next] = [tokens[index - 1], tokens[index + 1]];
    if (!outside[index] || !isWord(token, 'AS') || before?.text === '.' || isWord(before, 'TABLE', 'EXISTS'))
      return false;
    if (next?.text === '(') return true;
    const hasTtl = () => tokens.some((one, at) => at > index && outside[at] && isWord(one, 'TTL'));
    return isWord(next, 'SELECT', 'WITH', 'FROM') && !hasTtl();
  });
  return end === -1 ? tokens : tokens.slice(0, end);
}

function isOwn(name: Token | undefined, dot: Token | undefined, database: string): boolean {
  const own = name && (bare(name) === database || bare(name).startsWith(`${database}_`));
  return Boolean(own && dot?.text === '.');
}
