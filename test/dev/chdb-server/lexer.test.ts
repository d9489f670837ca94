import { describe, expect, it } from 'vitest';
import { tokenize } from '#dev/chdb-server/sql/lexer.ts';

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
