import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extraText, numberText, readJson, sentText } from '#providers/http/json.ts';

type Fields = Record<string, unknown>;
const fieldsOf = (text: string) => Object.entries(readJson(text) as Fields);
/** The fields of an object, as text. */
const textsOf = (text: string) => Object.fromEntries(fieldsOf(text).map(([name, field]) => [name, sentText(field)]));
const isNumber = (value: unknown) => numberText(value) !== undefined;

test('numbers keep every digit that was sent', () => {
  expect(textsOf('{"amount": 0.100000000000000000000000000000000000001}')).toEqual({
    amount: '0.100000000000000000000000000000000000001',
  });
});

test('a string is no number, whatever it begins with', () => {
  const numbersOf = (text: string) => fieldsOf(text).flatMap(([name, field]) => (isNumber(field) ? [name] : []));
  expect(numbersOf('{"a":"1","b":1,"c":"1.5","d":1.5,"e":"-0","f":-0}')).toEqual(['b', 'd', 'f']);
  expect(numbersOf('{"a":"1","b":1,"c":"\\u007f1","d":"\x7f1","e":"\x7f"}')).toEqual(['b']);
  expect(textsOf('{"c":"\\u007f1","d":"\x7f1","e":"\x7f","f":"\x7f\x7f"}')).toEqual({
    c: '\x7f1',
    d: '\x7f1',
    e: '\x7f',
    f: '\x7f\x7f',
  });
});

test('text that was cut within a character can be stored', () => {
  const { name, whole } = textsOf('{"name": "cut emoji \\ud83d", "whole": "\\ud83d\\ude00 é"}');
  expect(name).toBe('cut emoji \ufffd');
  expect(whole).toBe('😀 é');
});

test('unknown fields are written back as they were sent, sorted by name', () => {
  const extraOf = (text: string) => extraText(fieldsOf(text));
  expect(extraOf('{"z": [1.10, -0], "a b": 2E5, "a": {"é": 1e999}, "b": "\\u007f1"}')).toBe(
    '{"a":{"é":1e999},"a b":2E5,"b":"\x7f1","z":[1.10,-0]}',
  );
  expect(extraText([])).toBe('');
});

/** A number as the platform reads it: its value, and its text in the source. */
class Sourced {
  constructor(value: number, source: string | undefined) {
    Object.assign(this, { value, source });
  }
  declare readonly value: number;
  declare readonly source: string | undefined;
}
type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;
const parseWithReviver = JSON.parse as unknown as (text: string, reviver: Reviver) => unknown;

/** An exact parse by other means than the product's. */
const parseByPlatform = (text: string) =>
  parseWithReviver(text, (_key, value, { source }) => {
    if (typeof value === 'number') return new Sourced(value, source);
    return typeof value === 'string' ? value.toWellFormed() : value;
  });

/** Without fields that are null, and objects that had no other; undefined where nothing is left. */
function withoutNulls(value: unknown): unknown {
  if (value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof Sourced) return value;
  const fields = Object.entries(value);
  const left = fields.map(([name, field]) => [name, withoutNulls(field)]).filter(([, field]) => field !== undefined);
  return left.length > 0 || fields.length === 0 ? Object.fromEntries(left) : undefined;
}

function expectEqual(ours: unknown, platforms: unknown): void {
  if (platforms instanceof Sourced) {
    const text = numberText(ours);
    strictEqual(sentText(ours), text);
    strictEqual(Number(text), platforms.value);
    // Node 24.21 leaves the source out now and then, of one number in some 100,000 texts: no base for the product.
    if (platforms.source !== undefined) strictEqual(text, platforms.source);
  } else if (typeof platforms === 'object' && platforms !== null) {
    ok(typeof ours === 'object' && ours !== null && Array.isArray(ours) === Array.isArray(platforms));
    deepStrictEqual(Object.keys(ours), Object.keys(platforms));
    const fields = Object.entries(platforms);
    for (const [name, value] of fields) expectEqual((ours as Record<string, unknown>)[name], value);
  } else {
    strictEqual(numberText(ours), undefined);
    strictEqual(typeof platforms === 'string' ? sentText(ours) : ours, platforms);
  }
}

describe('parsing with marks is the same as with a reviver', () => {
  /** The value, or the kind of error. */
  const outcome = (parse: (text: string) => unknown, text: string) => {
    try {
      return { value: parse(text) };
    } catch (error) {
      return { error: error instanceof Error && error.name };
    }
  };
  const expectSame = (anyText: string) => {
    const text = anyText.toWellFormed(); // as it is once it was decoded
    const platforms = outcome(parseByPlatform, text);
    const ours = outcome(readJson, text);
    strictEqual(ours.error, platforms.error);
    expectEqual(ours.value, platforms.value);
  };

  test.each([
    '{"a":1,"a":"x"}',
    '{"a":"x","a":1}',
    '{"__proto__":1,"constructor":2,"toJSON":3}',
    '{"a":1.}',
    '{"a":01}',
    '{"a":-}',
    '{"a":1e}',
    '{"a":1"b":2}',
    '{"a":"b":1}',
    '["a":1]',
    '{"a"\u00a0:1}',
    '{"a":\u00a01}',
    '{"a":1,}',
    '{"a":1]',
    '{"a":1',
    '1',
    '"\\u007f1"',
    '{"a":"\x7f1","b":2}',
    '{"a":"\\u007F1","b":2}',
    '{"a":"\\u007F1","b":"2"}',
    '{"a":"\x7f\x7f1","b":"\x7f"}',
    '{"\x7f":1}',
    '{"a":"\\\\ud83d\\ude00","b":"\\ud83d\\\\ude00","c":"\\ud83d\\ud83d\\ude00","d":"\\uD83DxxxxxxxxxxxxuDE00"}',
    '{"a\\"":1,"b\\\\":2,"":3,"é":4,"n\\n":5,"a\\u0022":6,"\\u0061":7}',
    '{"a":"\\"b\\": 1,","c":"\\\\","d":"x\\\\\\": 2}"}',
    '{"\ud83d":1,"x":"\ud83d","y":"\\ude00"}',
    '{"a":[1,{"b":2}],"c":{"d":-0,"e":0.0,"f":1E+5,"g":1e-400}}',
    '\ufeff{"a":1}',
    '{"a":1}{"b":2}',
    '{"a"/**/:1}',
    '{1:2}',
    '{12:"a"}',
    '["1]',
    '["\\0]',
    '{"a":"b 1}',
    '[1 2]',
    '[1-2]',
    '["a\\\n1"]',
    '[1"b"]',
    '1.0',
    ' -0 ',
    '123456789012345678',
    '{"a":999999999999999,"b":-999999999999999,"c":1000000000000000,"d":9007199254740993,"e":12345678901234567.5}',
    '{"a":-0,"b":-0.5,"c":-0e1,"d":0e0,"e":0.0,"f":1E400,"g":-1.0 ,"h":1.50\n}',
    '{"a":-01.5}',
    '{"a":-01234567890123456}',
    '{"a":01234567890123456}',
    '{"a":1.5.5}',
    '{"a":-0.}',
    '{"a":-0e}',
    '{"a":1.5"b":2}',
    '{"a":1.5:2}',
    '{"a":1.5 2}',
    '{"a":\u00a01.5}',
    '{"a":1.5\u00a0}',
    '{"a"\u00a0:1.5}',
    '{"a" : 1.50}',
    '{"a":\n\t1.50\r}',
    '["a",1.50]',
    '["a":1.50]',
    '[1.50,[2.50],{"a":[3.50]},-0,0]',
    '[12345678901234567,1]',
    '{"":1.50}',
    '{"é":1.50}',
    '{"a-":1.50}',
    '{"a\\"":1.50,"b\\\\":2.50}',
    '{"a":"b, 1.50, c","d":"[1.50]","e":": 1.50,","f":"\\"g\\":1.50,","h":1.50}',
    '{"a":"{\\"b\\": 1.50}"}',
    '{"a":"1.50","b":"-0"}',
  ])('%s', expectSame);

  const space = fc.constantFrom('', '', '', ' ', '\n\t', '\r\n  ');
  const number = fc.oneof(
    fc.constantFrom('0', '-0', '0.0', '1', '-1', '1e5', '1E+05', '1.50e-7', '9007199254740993', '1e999', '-0.10'),
    fc.constantFrom('0e0', '-0e1', '-0.5', '1E400', '12345678901234567.5', '999999999999999', '-1000000000000000'),
    fc.bigInt().map(String),
    fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }).map(String),
    fc.tuple(fc.constantFrom('', '-'), fc.integer({ min: 14, max: 18 })).map(([sign, size]) => sign + '9'.repeat(size)),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  );
  // Pieces that look like the end of a string, a key, a number, an escape, half a character or the mark.
  const piece = fc.constantFrom(
    ...['a', 'Z', '9', '_', ' ', ':', ',', '{', '}', '[', ']', '-', '1', '0.5', 'é', '😀', "'", '/', '\u2028'],
    ...['\\"', '\\\\', '\\n', '\\u0022', '\\u0041', '\\ud83d', '\\ude00', '\\uD83D\\uDE00', '\ud83d', '\x7f'],
    ...[': 1.5', ':1.5,', ', 1.5,', '[1.5]', '[-0,', '\\"a\\":1.5,', '12345678901234567'],
    ...['\\u007f', '\\u007F', '\\\\u007f', '\\"a\\": 1', '\\"a\\":1,', ': 1}', '"a": 1'.replaceAll('"', '\\"')],
  );
  const plainString = fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => JSON.stringify(text));
  const string = fc.oneof(
    { weight: 3, arbitrary: fc.array(piece, { maxLength: 6 }).map((pieces) => `"${pieces.join('')}"`) },
    plainString,
    fc.constantFrom('"a"', '"value"', '"input_tokens"'),
  );

  const { json } = fc.letrec<{ json: string }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      number,
      string,
      fc.constantFrom('null', 'true', 'false', '{}', '[]'),
      fc
        .array(fc.tuple(space, tie('json'), space), { maxLength: 4 })
        .map((items) => `[${items.map((parts) => parts.join('')).join(',')}]`),
      fc
        .array(fc.tuple(space, string, space, fc.constant(':'), space, tie('json'), space), { maxLength: 5 })
        .map((members) => `{${members.map((parts) => parts.join('')).join(',')}}`),
    ),
  }));
  /** Numbers behind plain keys only: the texts that are parsed with marks alone. */
  const row = fc
    .array(
      fc.tuple(
        space,
        fc.constantFrom('"a"', '"b_1"', '"Z"'),
        space,
        fc.constant(':'),
        space,
        fc.oneof(number, plainString),
        space,
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((members) => `{${members.map((parts) => parts.join('')).join(',')}}`);

  test('for any JSON', () => {
    fc.assert(fc.property(json, expectSame), { numRuns: 5_000 });
  });

  test('for unknown fields that are written back', () => {
    const fields = fc
      .array(fc.tuple(string, json), { maxLength: 4 })
      .map((members) => `{${members.map(([name, value]) => `${name}:${value}`).join(',')}}`.toWellFormed());
    fc.assert(
      fc.property(fields, (text) => {
        const sent = (withoutNulls(parseByPlatform(text)) ?? {}) as Fields;
        const sorted = Object.fromEntries(Object.entries(sent).sort(([a], [b]) => (a < b ? -1 : 1)));
        expectEqual(readJson(extraText(fieldsOf(text)) || '{}'), sorted);
      }),
      { numRuns: 2_000 },
    );
  });

  test('for rows as a report sends them', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 4 }).map((rows) => `[${rows.join(',')}]`),
        expectSame,
      ),
      {
        numRuns: 2_000,
      },
    );
  });

  test('for JSON that was damaged: both read it, or both refuse it', () => {
    const damage = fc.tuple(fc.nat(), fc.nat(2), fc.oneof(piece, fc.constantFrom('"', '\\', '.', 'e', 'tru', '01')));
    fc.assert(
      fc.property(fc.oneof(json, row), damage, (text, [place, length, inserted]) => {
        const at = place % (text.length + 1);
        expectSame(text.slice(0, at) + inserted + text.slice(at + length));
      }),
      { numRuns: 10_000 },
    );
  });
});
