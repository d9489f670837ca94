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
    if (isWord(token, 'SELECT') && !ofProjection(tokens, index)) throw denied('a subquery in ALTER, DELETE or UPDATE');
    if (isWord(token, 'IDENTIFIER') && tokens[index - 1]?.text === ':') throw denied('an Identifier parameter');
    if (!isName(token) || !IN.test(bare(token).toLowerCase())) continue;
    const begin = tokens.findIndex(({ text }, at) => at > index && text !== '+'); // the engine leaves out the plus
    const [next, afterNext] = begin === -1 ? [] : tokens.slice(begin);
    if (!next) continue;
    const isCall = afterNext?.text === '(' && !tableFunctions.has(bare(next).toLowerCase());
    const readsName = isName(next) && !isWord(next, 'PARTITION', ...CONSTANTS) && !isCall;
    if (readsName || (next.text === '(' && hasTable(tokens.slice(begin + 1)))) throw denied('a table after IN');
  }
}

/** `PROJECTION name (SELECT`, which has no FROM: it reads the table itself. Columns may be called `projection`, too. */
function ofProjection(tokens: Token[], index: number): boolean {
  if (tokens[index - 1]?.text !== '(' || !isProjectionName(tokens, index - 2)) return false;
  let depth = 0;
  for (const token of tokens.slice(index)) {
    depth += bracket(token);
    if (depth < 0) return true;
    if (depth === 0 && isWord(token, 'FROM')) return false;
  }
  return false;
}

function isProjectionName(tokens: Token[], index: number): boolean {
  const before = tokens.slice(Math.max(0, index - 4), index);
  const [last] = isWord(before.at(-1), 'EXISTS') ? before : before.slice(-1); // PROJECTION IF NOT EXISTS name
  return isWord(last, 'PROJECTION');
}

/** Whether an element of these brackets is a name and no more, in brackets or not, which may be that of a table. */
function hasTable(tokens: Token[]): boolean {
  let depth = 0;
  let element: Token[] = [];
  for (const token of tokens) {
    const isEnd = depth === 0 && (token.text === ',' || token.text === ')');
    if (isEnd && isTable(element)) return true;
    if (depth === 0 && token.text === ')') return false;
    depth += bracket(token);
    element = isEnd ? [] : [...element, token];
  }
  return false;
}

/** A name, maybe with its database and an alias, in any brackets but those of a call. */
function isTable(element: Token[]): boolean {
  if (element.some((part, at) => isName(part) && element[at + 1]?.text === '(')) return false;
  const names = element.filter(({ text }) => !['(', ')', '+'].includes(text));
  return (
    names.length > 0 && names.every((part) => isName(part) || part.text === '.') && !isWord(names[0], ...CONSTANTS)
  );
}

function isName({ type }: Token): boolean {
  return type === 'word' || type === 'identifier';
}

function bracket({ type, text }: Token): number {
  if (type !== 'symbol') return 0;
  return '([{'.includes(text) ? 1 : ')]}'.includes(text) ? -1 : 0;
}
