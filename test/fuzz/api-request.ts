import { randomFrom } from '#dev/simulators/openai/arithmetic/random.ts';
import { addDays } from '#domain/day.ts';
import { TODAY } from '../support/today.ts';
import type { Operation, Parameter, Schema } from './validator.ts';

/** Values that have broken parsers, databases and shells, and nearly valid ones. */
const NASTY = [
  ...[
    '',
    ' ',
    '\0',
    '\t\n',
    '\\N',
    '\\',
    "'",
    '"',
    '`',
    '%',
    '%00',
    '\ufffd',
    '😀',
    '\u202e',
    'null',
    'undefined',
    'NaN',
  ],
  ...['-1', '0', '1e309', '9'.repeat(40), '0x10', '1.5', 'true', '[]', '{}', '[object Object]', '../..', '__proto__'],
  ...["' OR 1=1 --", '{tenant_id: String}', '$1', '*', 'a'.repeat(501), 'proj_shop', '-', 'é'.normalize('NFD')],
  ...[
    '2026-02-30',
    '0000-00-00',
    '1999-12-31',
    '2100-01-01',
    '2149-06-07',
    '2026-1-1',
    '2026-01-01T00:00:00Z',
    'today',
  ],
];
const DAYS = 100;

/** Generates requests from a description, valid and invalid ones. A seed gives always the same ones. */
export function createGenerator(seed: string, known: Readonly<Record<string, string>>) {
  const random = randomFrom(seed);
  const chance = (probability: number) => random() < probability;
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]) => list[below(list.length)] as T;

  function valueFor(schema: Schema): unknown {
    const { type, format, items, properties = {}, required = [], minimum = 0, maximum = 1000 } = schema as Shape;
    if (schema.enum) return pick(schema.enum as unknown[]);
    if (format === 'date') return addDays(TODAY, 1 - below(DAYS));
    if (type === 'integer') return minimum + below(Math.min(maximum - minimum, 50) + 1);
    if (type === 'array') return [...new Set(Array.from({ length: below(3) }, () => valueFor(items ?? {})))];
    if (type === 'object') {
      const names = Object.keys(properties).filter((name) => required.includes(name) || chance(0.5));
      return Object.fromEntries(names.map((name) => [name, valueFor(properties[name] ?? {})]));
    }
    return chance(0.5) ? pick(NASTY) : `text-${below(10)}`;
  }

  /** Mostly valid parameters, some invalid or repeated ones. */
  function parametersOf(parameters: readonly Parameter[]): [string, string][] {
    const chosen = parameters.filter((each) => each.required || chance(0.35));
    const pairs = chosen.flatMap(({ name, schema }) => {
      const value = chance(0.1) ? pick(NASTY) : chance(0.5) ? (known[name] ?? valueFor(schema)) : valueFor(schema);
      return [value].flat().map((each): [string, string] => [name, String(each)]);
    });
    if (chance(0.05)) pairs.push([pick(NASTY), pick(NASTY)]);
    if (chance(0.05) && pairs[0]) pairs.push(pairs[0]);
    return pairs;
  }

  function bodyOf(schema: Schema): string {
    const body = chance(0.15)
      ? pick<unknown>([null, [], 'text', 7, { deep: '['.repeat(9_000) }, NASTY])
      : valueFor(schema);
    const changed = typeof body === 'object' && body && chance(0.2) ? { ...body, [pick(NASTY)]: pick(NASTY) } : body;
    const text = JSON.stringify(changed);
    return chance(0.1) ? text.slice(0, below(text.length)) : text;
  }

  return {
    /** @returns a path with its query, and a body where the operation takes one */
    request(path: string, { parameters = [], requestBody }: Operation): { url: string; body?: string } {
      const inPath = Object.fromEntries(parametersOf(parameters.filter((each) => each.in === 'path')));
      const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(inPath[name] ?? ''));
      const query = new URLSearchParams(parametersOf(parameters.filter((each) => each.in === 'query')));
      const schema = requestBody?.content['application/json']?.schema;
      return { url: query.size > 0 ? `${url}?${query}` : url, ...(schema && { body: bodyOf(schema) }) };
    },
  };
}

type Shape = {
  type?: string;
  format?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
};
