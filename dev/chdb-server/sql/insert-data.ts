import { ClickHouseException } from './exception.ts';
import { isWord } from './format-clause.ts';
import { type Token, tokenize } from './lexer.ts';

/** The parts of `INSERT INTO t (a) SETTINGS x = 1 FORMAT name` and where its data begin. */
export type InsertWithData = { target: string; settings: string; format: string; dataStart: number };

/**
 * Reads the head of an INSERT with inline data. What follows the head is data and is never read as SQL.
 * @returns undefined for all other statements
 */
export function findInsertData(sql: string): InsertWithData | undefined {
  const tokens = tokenize(sql);
  const read = () => tokens.next().value as Token | undefined;
  if (!isWord(read(), 'INSERT')) return undefined;
  let token = read();
  while (isWord(token, 'INTO', 'TABLE', 'FUNCTION')) token = read();

  // `token` is the table's name now, which may be a keyword.
  let depth = bracket(token);
  let settingsStart: number | undefined;
  for (let previous = token, current = read(); current; previous = current, current = read()) {
    depth += bracket(current);
    if (depth > 0 || previous?.text === '.') continue;
    if (current.type === 'semicolon' || isWord(current, 'SELECT', 'WITH', 'WATCH')) return undefined;
    if (isWord(current, 'SETTINGS')) settingsStart ??= current.start;
    if (isWord(current, 'INFILE') && isWord(previous, 'FROM')) {
      throw new ClickHouseException(
        78,
        'UNKNOWN_TYPE_OF_QUERY',
        'Query has infile and was sent directly to the server',
      );
    }
    if (!isWord(current, 'VALUES', 'FORMAT')) continue;
    const values = isWord(current, 'VALUES');
    const name = values ? undefined : read();
    if (!values && name?.type !== 'word') return undefined;
    return {
      target: sql.slice(0, settingsStart ?? current.start),
      settings: sql.slice(settingsStart ?? current.start, current.start),
      format: name?.text ?? 'Values',
      dataStart: name ? afterFormat(sql, name.end) : current.end,
    };
  }
  return undefined;
}

/** Data begin after the first line break behind the format's name or, without one, after the spaces. */
function afterFormat(sql: string, end: number): number {
  if (sql[end] === ';') {
    throw new ClickHouseException(62, 'SYNTAX_ERROR', "You have excessive ';' symbol before data for INSERT");
  }
  return end + (/^[ \t\f]*\r?\n?/.exec(sql.slice(end, end + 1024))?.[0].length ?? 0);
}

function bracket(token: Token | undefined): number {
  if (token?.type !== 'symbol') return 0;
  return '([{'.includes(token.text) ? 1 : ')]}'.includes(token.text) ? -1 : 0;
}
