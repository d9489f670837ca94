export type TokenType = 'word' | 'number' | 'string' | 'identifier' | 'symbol' | 'semicolon' | 'error';
export type Token = { type: TokenType; text: string; start: number; end: number };

const SPACE = /[\s\p{Zs}\u180e\u200b-\u200d\u2060\ufeff]+/uy;
const LINE_COMMENT = /(?:--|\/\/|#[ !])[^\n]*/y;
const WORD = /[A-Za-z0-9_$]+/y;
const BYTES = /[xX]'[0-9A-Fa-f]*'|[bB]'[01]*'/y;
// Where a number ends decides whether a following `--` begins a comment: `1e--x` is a number, a minus and a word.
const digits = (digit: string) => `${digit}(?:${digit}|_(?=${digit}))*`;
const exponent = (letter: string) => `(?:[${letter}](?=[\\s\\S])(?:[-+](?=[\\s\\S]))?(?:${digits('\\d')})?)?`;
const HEXADECIMAL = `0[xX]${digits('[0-9A-Fa-f]')}(?:\\.(?:${digits('[0-9A-Fa-f]')})?)?${exponent('pP')}`;
const DECIMAL = `(?:0[bB](?=[01]))?${digits('\\d')}(?:\\.(?:${digits('\\d')})?)?${exponent('eE')}`;
const NUMBER = new RegExp(`${HEXADECIMAL}|${DECIMAL}`, 'y');
const FRACTION = new RegExp(`\\.(?:${digits('\\d')})?${exponent('eE')}`, 'y');
const TUPLE_INDEX = new RegExp(digits('\\d'), 'y');
const CLOSING: Record<string, string> = { "'": "'", '"': '"', '`': '`', '‘': '’', '“': '”' };

/**
 * Splits SQL as ClickHouse's own lexer does, so that both agree on where a statement ends. Leaves out spaces and
 * comments. Lazy: the data after an INSERT are never read. An unclosed quote or comment is an error up to the end.
 */
export function* tokenize(sql: string): Generator<Token, void> {
  let before: Token | undefined;
  for (let at = 0; at < sql.length; ) {
    const skipped = matchEnd(SPACE, sql, at) ?? matchEnd(LINE_COMMENT, sql, at);
    if (skipped !== undefined) {
      at = skipped;
      continue;
    }
    const comment = sql.startsWith('/*', at) ? blockCommentEnd(sql, at) : undefined;
    if (comment !== undefined) {
      at = comment;
      continue;
    }
    const [type, end] = next(sql, at, before);
    before = { type, text: sql.slice(at, end), start: at, end };
    yield before;
    at = end;
  }
}

function next(sql: string, at: number, before: Token | undefined): [TokenType, number] {
  const first = sql.charAt(at);
  if (first === ';') return ['semicolon', at + 1];
  if (sql.startsWith('/*', at)) return ['error', sql.length]; // never closed
  if (first in CLOSING) return quoted(sql, at);
  if (first === '$') return dollar(sql, at);
  if (/\d/.test(first)) return number(sql, at, before);
  if (first === '.' && beginsFraction(sql, at, before)) return ['number', matchEnd(FRACTION, sql, at) ?? at + 1];
  if (/[xXbB]/.test(first) && sql[at + 1] === "'" && at + 2 < sql.length) {
    const end = matchEnd(BYTES, sql, at);
    return end === undefined ? ['error', sql.length] : ['string', end];
  }
  const word = matchEnd(WORD, sql, at);
  if (word !== undefined) return ['word', word];
  if (first === '!') return [sql[at + 1] === '=' ? 'symbol' : 'error', at + 1];
  return [/[()[\]{},.+\-*/%=<>?:|@^−]/.test(first) ? 'symbol' : 'error', at + 1];
}

function quoted(sql: string, at: number): [TokenType, number] {
  const first = sql.charAt(at);
  const closing = CLOSING[first] as string;
  const escapes = first === closing;
  const type = first === "'" || first === '‘' ? 'string' : 'identifier';
  for (let end = at + 1; end < sql.length; end++) {
    if (escapes && sql[end] === '\\') end++;
    else if (sql[end] === closing && escapes && sql[end + 1] === closing) end++;
    else if (sql[end] === closing) return [type, end + 1];
  }
  return ['error', sql.length];
}

/** `$tag$ … $tag$`; if that is not closed, `$` begins a word or is a symbol. */
function dollar(sql: string, at: number): [TokenType, number] {
  const tagEnd = sql.indexOf('$', at + 1);
  if (tagEnd !== -1) {
    const tag = sql.slice(at, tagEnd + 1);
    const end = sql.indexOf(tag, tagEnd + 1);
    if (end !== -1) return ['string', end + tag.length];
  }
  const word = matchEnd(WORD, sql, at);
  return /\w/.test(sql.charAt(at + 1)) && word !== undefined ? ['word', word] : ['symbol', at + 1];
}

function number(sql: string, at: number, before: Token | undefined): [TokenType, number] {
  const rule = before?.type === 'symbol' && before.text === '.' ? TUPLE_INDEX : NUMBER;
  const end = matchEnd(rule, sql, at) ?? at + 1;
  // `1name` is a word to ClickHouse; `1.5name` is neither.
  let wordEnd = end;
  while (/\w/.test(sql.charAt(wordEnd))) wordEnd++;
  if (wordEnd === end) return ['number', end];
  return [/^[\w$]+$/.test(sql.slice(at, wordEnd)) ? 'word' : 'error', wordEnd];
}

/** After a name, a number or a bracket, a dot accesses a member and does not start a number. */
function beginsFraction(sql: string, at: number, before: Token | undefined): boolean {
  if (at === 0) return true;
  if (!/\d/.test(sql.charAt(at + 1))) return false;
  return !(before && (/word|identifier|number/.test(before.type) || before.text === ')' || before.text === ']'));
}

/** Block comments nest. */
function blockCommentEnd(sql: string, at: number): number | undefined {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = at;
  let depth = 0;
  for (let found = edge.exec(sql); found; found = edge.exec(sql)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return undefined;
}

function matchEnd(rule: RegExp, sql: string, at: number): number | undefined {
  rule.lastIndex = at;
  return rule.test(sql) ? rule.lastIndex : undefined;
}
