import { ClickHouseException } from '../sql/exception.ts';
import { isWord } from '../sql/format-clause.ts';
import { type Token, tokenize } from '../sql/lexer.ts';
import { refuseSetting } from './analyst-settings.ts';

// Other engines read other tables, and some with more rights than the reader has.
const ENGINES = /^(\w*MergeTree|Memory|Log|TinyLog|StripeLog|Null|Set|Join)$/;

/**
 * Refuses what would read past the row policies, or lay down the role. The engine checks all other rights.
 * @throws ClickHouseException
 */
export function refuseForAnalyst(sql: string, database: string): void {
  const tokens = [...tokenize(sql)];
  let settings = isWord(tokens[0], 'SET');
  let partition = false;
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    const is = (...words: string[]) => words.every((word, offset) => isWord(tokens[index + offset], word));
    if (token.type === 'identifier' && token.text.includes('\\')) throw denied('names with a backslash');
    if (/^mergeTree\w+$/i.test(bare(token)) && next?.text === '(') throw denied(bare(token)); // it shows keys of all rows
    if (isWord(tokens[0], 'SET') && index < 3 && is('ROLE')) throw denied('SET ROLE');
    // They read with the rights of their definer, which is the engine's one user.
    if (is('MATERIALIZED', 'VIEW') || is('WINDOW', 'VIEW') || is('LIVE', 'VIEW')) throw denied(`${token.text} VIEW`);
    if (is('SQL', 'SECURITY') || (is('DEFINER') && next?.text === '=')) throw denied('SQL SECURITY');
    // Parts are copied whole, with rows of all tenants.
    if (is('CLONE', 'AS')) throw denied('CLONE AS');
    partition ||= isWord(tokens[0], 'ALTER') && is('PARTITION');
    if (partition && is('FROM') && !isOwn(next, tokens[index + 2], database)) {
      throw denied('a partition of a table of another database');
    }
    if (is('ENGINE')) {
      const name = next?.text === '=' ? tokens[index + 2] : next;
      const isCreated = isWord(tokens[0], 'CREATE', 'REPLACE', 'ATTACH') && !isWord(tokens[1], 'DATABASE');
      if (isCreated && !ENGINES.test(name?.text ?? '')) throw denied(`the table engine ${name?.text}`);
    }
    settings ||= is('SETTINGS');
    if (settings && next?.text === '=') refuseSetting(bare(token), tokens[index + 2]?.text ?? '');
  }
}

function isOwn(name: Token | undefined, dot: Token | undefined, database: string): boolean {
  const own = name && (bare(name) === database || bare(name).startsWith(`${database}_`));
  return Boolean(own && dot?.text === '.');
}

function bare({ text }: Token): string {
  return text.replace(/^[`"]|[`"]$/g, '');
}

function denied(what: string): ClickHouseException {
  return new ClickHouseException(497, 'ACCESS_DENIED', `Not enough privileges: an analyst may not use ${what} here`);
}
