import fc from 'fast-check';
import { addDays } from '#domain/day.ts';
import type { Schema } from '../api/validator.ts';
import { TODAY } from '../support/today.ts';

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

export const nasty = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
);

type Shape = {
  enum?: unknown[];
  type?: string;
  format?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
};

/** Values that a schema of the description allows, mostly. */
export function valueBy(schema: Schema): fc.Arbitrary<unknown> {
  const {
    type,
    format,
    items = {},
    properties = {},
    required = [],
    minimum = 0,
    maximum = 1000,
    ...rest
  } = schema as Shape;
  if (rest.enum) return fc.constantFrom(...rest.enum);
  if (format === 'date') return fc.integer({ min: 1 - DAYS, max: 1 }).map((days) => addDays(TODAY, days));
  if (type === 'integer') return fc.integer({ min: minimum, max: Math.min(maximum, minimum + 50) });
  if (type === 'array') return fc.uniqueArray(valueBy(items), { maxLength: 2 });
  if (type === 'object') {
    const values = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, valueBy(each)]));
    return fc.record(values, { requiredKeys: required.filter((name) => name in values) });
  }
  return fc.oneof(nasty, fc.constantFrom('text-1', 'text-2'));
}
