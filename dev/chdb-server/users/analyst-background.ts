import type { Catalog } from '../engine/catalog.ts';
import { isWord } from '../sql/format-clause.ts';
import type { Token } from '../sql/lexer.ts';
import { bare, denied } from './denied.ts';

const IN = /^(global)?(not)?(null)?in(ignoreset)?$/;
const CONSTANTS = ['NULL', 'TRUE', 'FALSE', 'INF', 'NAN'];

/**
 * Refuses expressions that read a table where the engine evaluates them in the background, with all rights and no row
 * policies: in UPDATE and DELETE, and in what a table says of itself, such as its TTL and its projections.
 * @throws ClickHouseException
 */
export function refuseReads(tokens: Token[], { tableFunctions }: Pick<Catalog, 'tableFunctions'>): void {
  for (const [index, token] of tokens.entries()) {
    const [next, afterNext] = tokens.slice(index + 1);
    if (isWord(token, 'SELECT') && !ofProjection(tokens, index)) throw denied('a subquery in ALTER, DELETE or UPDATE');
    if (isWord(token, 'IDENTIFIER') && tokens[index - 1]?.text === ':') throw denied('an Identifier parameter');
    if (!isName(token) || !IN.test(bare(token).toLowerCase()) || !next) continue;
    const isCall = afterNext?.text === '(' && !tableFunctions.has(bare(next).toLowerCase());
    const readsName = isName(next) && !isWord(next, 'PARTITION', ...CONSTANTS) && !isCall;
    if (readsName || (next.text === '(' && hasTable(tokens.slice(index + 2)))) throw denied('a table after IN');
  }
}

/** `PROJECTION name (SELECT`, which reads the table itself. */
function ofProjection(tokens: Token[], index: number): boolean {
  const before = tokens.slice(Math.max(0, index - 6), index);
  return before.at(-1)?.text === '(' && before.some((token) => isWord(token, 'PROJECTION'));
}

/** Whether an element of these brackets is a name and no more, which may be that of a table. */
function hasTable(tokens: Token[]): boolean {
  let depth = 0;
  let element: Token[] = [];
  for (const token of tokens) {
    const isEnd = depth === 0 && (token.text === ',' || token.text === ')');
    if (isEnd && element.every((part) => isName(part) || part.text === '.') && !isWord(element[0], ...CONSTANTS)) {
      return element.length > 0;
    }
    if (depth === 0 && token.text === ')') return false;
    if (token.type === 'symbol') depth += '([{'.includes(token.text) ? 1 : ')]}'.includes(token.text) ? -1 : 0;
    element = isEnd ? [] : [...element, token];
  }
  return false;
}

function isName({ type }: Token): boolean {
  return type === 'word' || type === 'identifier';
}
