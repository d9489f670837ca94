import type { Token } from './lexer.ts';

/** Where `FORMAT name` begins and ends in a statement, and the name. */
export type FormatClause = { start: number; end: number; format: string };

// After these words `format` is the name of a column or table …
const OPERATORS =
  /^(SELECT|DISTINCT|AS|FROM|JOIN|BY|ON|USING|WHERE|PREWHERE|HAVING|QUALIFY|AND|OR|NOT|IN|LIKE|ILIKE|IS|BETWEEN|WHEN|THEN|ELSE|CASE|LIMIT|OFFSET|TABLE|EXISTS|DESCRIBE|INTO)$/i;
// … and before these, too.
const FOLLOWERS =
  /^(AS|IN|NOT|LIKE|ILIKE|REGEXP|IS|BETWEEN|AND|OR|XOR|DIV|MOD|GLOBAL|ASC|DESC|NULLS|COLLATE|FINAL|SAMPLE|FROM|PREWHERE|WHERE|GROUP|HAVING|WINDOW|QUALIFY|ORDER|LIMIT|OFFSET|FETCH|SETTINGS|UNION|EXCEPT|INTERSECT|WITH|INNER|LEFT|RIGHT|FULL|CROSS|JOIN|ARRAY|ON|USING|END)$/i;

/** Finds `FORMAT name` outside of brackets; `format` may also be the name of a column, a table or a function. */
export function findFormatClause(tokens: Token[]): FormatClause | undefined {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'symbol') depth += '([{'.includes(token.text) ? 1 : ')]}'.includes(token.text) ? -1 : 0;
    const previous = tokens[index - 1];
    const name = tokens[index + 1];
    if (depth !== 0 || !isWord(token, 'FORMAT') || !previous || !name) continue;
    if (previous.type === 'symbol' ? !')]}*'.includes(previous.text) : OPERATORS.test(previous.text)) continue;
    if ((name.type !== 'word' && name.type !== 'identifier') || FOLLOWERS.test(name.text)) continue;
    return { start: token.start, end: name.end, format: name.text.replace(/^[`"]|[`"]$/g, '') };
  }
  return undefined;
}

/** Keywords are words in any case, never quoted. */
export function isWord(token: Token | undefined, ...keywords: string[]): boolean {
  return token?.type === 'word' && keywords.includes(token.text.toUpperCase());
}
