import { describe, expect, it } from 'vitest';
import { tokenize } from '#dev/chdb-server/sql/lexer.ts';
import { rows, withServer } from './with-server.ts';

const texts = (sql: string) => [...tokenize(sql)].map(({ text }) => text);

describe('tokenize', () => {
  it.each([
    ["SELECT ';', 1;", ['SELECT', "';'", ',', '1', ';']],
    ["'a''b;' 'c\\';d'", ["'a''b;'", "'c\\';d'"]],
    ['`a;\\`b` "c;""d"', ['`a;\\`b`', '"c;""d"']],
    ['a -- b ; c\nd', ['a', 'd']],
    ['a /* b ; /* c ; */ d ; */ e', ['a', 'e']],
    ['a // ;\n# ;\n#! ;\nb', ['a', 'b']],
    ['a #;', ['a', '#', ';']],
    ['$$ ; $$ $tag$ ; $$ ; $tag$', ['$$ ; $$', '$tag$ ; $$ ; $tag$']],
    ['a$b$;$b$', ['a$b$', ';', '$b$']],
    ['1e--;', ['1e-', '-', ';']],
    ['x.1.1 1.5, .5', ['x', '.', '1', '.', '1', '1.5', ',', '.5']],
    ["x'3B' ;", ["x'3B'", ';']],
    ["x';'", ["x';'"]],
    ['‘;’ “;”', ['‘;’', '“;”']],
    ["'open ;", ["'open ;"]],
    ['/* open ;', ['/* open ;']],
  ])('%j', (sql, expected) => {
    expect(texts(sql)).toEqual(expected);
  });

  it('is linear in what it skips', () => {
    const begun = performance.now();
    expect(texts(`SELECT '${'a'.repeat(4_000_000)}', 1 ${'/* x */'.repeat(200_000)}`)).toHaveLength(4);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});

describe('the engine’s own lexer', () => {
  const server = withServer();
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
    ...[
      '‘',
      '’',
      '“',
      '”',
      'ä',
      '\u00a0',
      '\u2003',
      '{',
      '}',
      ',',
      '=',
      '!',
      '|',
      '@',
      '?',
      '\0',
      'SELECT',
      '12',
      '\r',
    ],
  ];

  it('agrees about where tokens begin and end', async () => {
    const random = randomNumbers(20_260_728);
    const samples = Array.from({ length: 20_000 }, () =>
      Array.from({ length: 1 + random(14) }, () => FRAGMENTS[random(FRAGMENTS.length)]).join(''),
    );
    await server.client.command({ query: 'CREATE TABLE samples (id UInt32, sql String) ENGINE = Memory' });
    const values = samples.map((sql, id) => ({ id, sql }));
    await server.client.insert({ table: 'samples', values, format: 'JSONEachRow' });
    const answers = await rows<{ sql: string; tokens: [number, number, string][] }>(
      server.client,
      'SELECT sql, arrayMap(t -> (t.1, t.2, t.3::String), tokenizeQuery(sql)) AS tokens FROM samples ORDER BY id',
    );
    expect(answers).toHaveLength(samples.length);
    for (const { sql, tokens } of answers) expect([sql, ours(sql)]).toEqual([sql, theirs(sql, tokens)]);
  });

  // Where either meets an error the statement is refused, and nothing after it matters.
  function ours(sql: string): string[] {
    const list = [...tokenize(sql)];
    const error = list.findIndex(({ type }) => type === 'error');
    return list
      .slice(0, error === -1 ? undefined : error)
      .filter(({ type }) => type !== 'symbol')
      .map(({ start, text }) => `${start} ${text}`);
  }
  function theirs(sql: string, tokens: [number, number, string][]): string[] {
    const bytes = Buffer.from(sql);
    const error = tokens.findIndex(([, , type]) => type.startsWith('Error'));
    return tokens
      .slice(0, error === -1 ? undefined : error)
      .filter(([, , type]) => /^(BareWord|Number|StringLiteral|QuotedIdentifier|HereDoc|Semicolon)$/.test(type))
      .map(([start, end]) => `${bytes.subarray(0, start).toString().length} ${bytes.subarray(start, end)}`);
  }
});

/** A linear congruential generator: the same numbers in every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
