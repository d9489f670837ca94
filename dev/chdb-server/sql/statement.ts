import { ClickHouseException } from './exception.ts';
import { findFormatClause, isWord } from './format-clause.ts';
import { type Token, tokenize } from './lexer.ts';

/** One statement without inline data. A `query` returns rows; `into` is where `INTO OUTFILE` can be inserted. */
export type Statement = {
  kind: 'query' | 'command';
  sql: string;
  format: string | undefined;
  into: number;
  changes: Change;
  /** The names of the query parameters in it. */
  substitutions: string[];
};

/** What is different for the next statement on the same connection. */
export type Change = 'nothing' | 'settings' | 'database' | 'more';

const STAYS_IN_SESSION = ['ALTER', 'CREATE', 'DELETE', 'DESCRIBE', 'DROP', 'EXISTS', 'EXPLAIN', 'INSERT', 'SHOW'];

// chDB is a client as well: it would exit at these words.
const CLIENT_COMMANDS = ['EXIT', 'QUIT', 'LOGOUT', 'Q'];

/**
 * Checks SQL before it reaches the engine: it must be one statement, without clauses that only a client executes.
 * @throws ClickHouseException with the code that a server sends
 */
export function readStatement(text: string): Statement {
  const tokens = [...tokenize(text)];
  const end = tokens.findIndex((token) => token.type === 'semicolon');
  const statement = end === -1 ? tokens : tokens.slice(0, end);
  const [first] = statement;
  if (!first) throw syntaxError('Empty query');
  if (end !== -1) {
    const second = tokens.slice(end).find((token) => token.type !== 'semicolon');
    if (second) throw syntaxError(`Syntax error (Multi-statements are not allowed): ${position(second)}`);
  }
  if ((first.type !== 'word' && first.text !== '(') || isWord(first, ...CLIENT_COMMANDS)) {
    throw syntaxError(`Syntax error: ${position(first)}`);
  }
  refuseClientClauses(statement);
  const sql = text.slice(0, end === -1 ? text.length : tokens[end]?.start);
  const clause = findFormatClause(statement);
  const inserts = statement.some((token, index) => isWord(token, 'INSERT') && isWord(statement[index + 1], 'INTO'));
  if (inserts && clause) {
    throw new ClickHouseException(
      48,
      'NOT_IMPLEMENTED',
      'INSERT … SELECT with FORMAT and inline data is not supported',
    );
  }
  const returnsRows = isWord(first, 'SELECT', 'WITH', 'FROM') || first.text === '(';
  return {
    kind: returnsRows && !inserts ? 'query' : 'command',
    sql,
    format: clause?.format,
    into: clause?.start ?? sql.length,
    changes: changeOf(statement, returnsRows),
    substitutions: statement.flatMap((token, index) =>
      token.text === '{' && statement[index + 2]?.text === ':' ? [statement[index + 1]?.text ?? ''] : [],
    ),
  };
}

function changeOf(statement: Token[], returnsRows: boolean): Change {
  const [first, second] = statement;
  if (statement.some((token) => isWord(token, 'TEMPORARY', 'TEMP'))) return 'more';
  if (returnsRows || isWord(first, ...STAYS_IN_SESSION)) return 'nothing';
  if (isWord(first, 'USE')) return 'database';
  return isWord(first, 'SET') && !isWord(second, 'TRANSACTION') ? 'settings' : 'more';
}

/** Rejects what the engine would do with files of this machine. */
function refuseClientClauses(tokens: Token[]): void {
  for (const [index, token] of tokens.entries()) {
    const file = tokens[index + 1]?.type === 'string';
    if (file && isWord(token, 'OUTFILE') && isWord(tokens[index - 1], 'INTO')) {
      throw new ClickHouseException(358, 'INTO_OUTFILE_NOT_ALLOWED', 'INTO OUTFILE is not allowed');
    }
    if (file && isWord(token, 'INFILE') && isWord(tokens[index - 1], 'FROM')) {
      throw new ClickHouseException(
        78,
        'UNKNOWN_TYPE_OF_QUERY',
        'Query has infile and was sent directly to the server',
      );
    }
  }
}

function position({ start, text }: Token): string {
  return `failed at position ${start + 1} (${text.slice(0, 40)})`;
}

function syntaxError(message: string): ClickHouseException {
  return new ClickHouseException(62, 'SYNTAX_ERROR', message);
}
