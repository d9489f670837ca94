import type { Catalog } from '../engine/catalog.ts';
import { isWord } from '../sql/format-clause.ts';
import type { Token } from '../sql/lexer.ts';
import { bare, denied } from './denied.ts';

/** The table functions of an analyst: none reads a file, an address, or a text as SQL, as the structure of a table is. */
const ALLOWED = new Set(
  'generateseries generate_series loop merge numbers numbers_mt primes view zeros zeros_mt'.split(' '),
);

/**
 * Refuses each table function that is not allowed, and `file`, the one function beside them that reads files: chDB's reads
 * the whole machine. It is refused as a name, too, because `APPLY file` and `arrayMap(file, …)` call it.
 * @throws ClickHouseException
 */
export function refuseFunctions(
  tokens: Token[],
  parameters: Record<string, string>,
  { tableFunctions }: Pick<Catalog, 'tableFunctions'>,
): void {
  for (const [index, token] of tokens.entries()) {
    if (token.text === '{') refuseIdentifier(tokens.slice(index + 1, index + 4), parameters);
    if (token.type !== 'word' && token.type !== 'identifier') continue;
    const name = bare(token).toLowerCase();
    const isCall = tokens[index + 1]?.text === '(';
    if (tokens[index - 1]?.text === '.') continue; // a column or a table of that name; functions are of no database
    if (name === 'file') throw denied('file()');
    if (!isCall || !tableFunctions.has(name) || ALLOWED.has(name)) continue;
    if (name === 'format' && isPattern(tokens[index + 2], tokens[index + 3])) continue;
    if (isWord(token, 'VALUES') && tokens[index - 1]?.text === '(') continue; // standard SQL: rows, no structure
    throw denied(`the table function ${bare(token)}`);
  }
}

/** Whether this begins the arguments of the function that puts values into a text: no format is called `{}`. */
function isPattern(first: Token | undefined, comma: Token | undefined): boolean {
  return first?.type === 'string' && first.text.includes('{') && comma?.text === ',';
}

/** The value of `{name: Identifier}` may be a function. */
function refuseIdentifier([name, colon, type]: Token[], parameters: Record<string, string>): void {
  if (colon?.text !== ':' || !isWord(type, 'IDENTIFIER')) return;
  const value = parameters[name?.text ?? ''];
  if (value === undefined || /\\|\bfile\b/i.test(value)) {
    throw denied('an Identifier parameter that does not come with the statement, or has such a name');
  }
}
