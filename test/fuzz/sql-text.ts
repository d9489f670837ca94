import fc from 'fast-check';

/** Pieces that begin, end or nearly begin something in ClickHouse's SQL. */
const FRAGMENTS = [
  ...[';', "'", '"', '`', '\\', '$', '$a$', '$$', '/*', '*/', '--', '//', '# ', '#!', '#', '\n', ' ', '\t', '−', '…'],
  ...[
    'a',
    'e',
    'x',
    "x'",
    'b',
    '0',
    '1',
    '0x',
    '0b1',
    '_',
    '.',
    '..',
    '1e',
    'p',
    '-',
    '+',
    '>',
    '::',
    '(',
    ')',
    '[',
    ']',
  ],
  ...['‘', '’', '“', '”', 'ä', '\u00a0', '\u2003', '{', '}', ',', '=', '!', '|', '@', '?', '\0', 'SELECT', '12', '\r'],
];

/** Text that is no SQL in most cases, and meets every rule of a lexer. */
export const sqlText = fc
  .array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 14 })
  .map((parts) => parts.join(''));

const WORDS = [
  'a',
  'format',
  'FORMAT',
  'values',
  'settings',
  'JSON',
  'into',
  'outfile',
  'insert',
  'select',
  'from',
  'x1',
];
/** Whole tokens, some of which hold what would end a statement. */
export const sqlToken = fc.oneof(
  fc.constantFrom(...WORDS, '(', ')', ',', '.', '=', '*', '1', '1.5', '0x1f'),
  fc.constantFrom("';'", "'a''; b'", "'\\';'", '`;`', '"a;""b"', '$$;$$', '$t$ ; $t$', '‘;’', '“;”', "x'3B'"),
);

/** What stands between tokens and means nothing. */
export const sqlGap = fc.constantFrom(' ', '\n', ' \t', ' /* ; */ ', ' /* /* ; */ */ ', ' -- ;\n', ' // ;\n', '\u00a0');
