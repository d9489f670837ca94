import fc from 'fast-check';
import type { Operation, Parameter, Schema } from '../api/validator.ts';
import { nasty, valueBy } from './api-values.ts';

export type ApiRequest = { url: string; headers: Record<string, string>; body: string | undefined };
/** Values by the name of a parameter that exist: the caller's own, and another tenant's. */
export type KnownValues = Readonly<Record<string, readonly string[]>>;

const weighted = <T>(...options: [number, fc.Arbitrary<T>][]) =>
  fc.oneof(...options.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** Requests of an operation as its description has them, valid and invalid ones. */
export function requestOf(path: string, operation: Operation, known: KnownValues): fc.Arbitrary<ApiRequest> {
  const { parameters = [], requestBody } = operation;
  const schema = requestBody?.content['application/json']?.schema;
  const inPath = parametersOf(
    parameters.filter((each) => each.in === 'path'),
    known,
  );
  const inQuery = parametersOf(
    parameters.filter((each) => each.in === 'query'),
    known,
  );
  const unknown = fc.array(fc.tuple(nasty, nasty), { maxLength: 1 });
  const mostlyKnown = weighted<[string, string][]>([9, fc.constant([])], [1, unknown]);
  return fc
    .record({
      inPath,
      inQuery,
      unknown: mostlyKnown,
      headers: headersOf(),
      body: schema ? bodyOf(schema) : fc.constant(undefined),
    })
    .map(({ body, headers, ...given }) => {
      const values = Object.fromEntries(given.inPath);
      const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
      const query = new URLSearchParams([...given.inQuery, ...given.unknown]);
      return { url: query.size > 0 ? `${url}?${query}` : url, headers, body };
    });
}

/** Mostly valid parameters, some invalid or repeated ones. */
function parametersOf(parameters: readonly Parameter[], known: KnownValues): fc.Arbitrary<[string, string][]> {
  const each = parameters.map(({ name, schema, required }) => {
    const value = weighted<unknown>(
      [1, nasty],
      [5, valueBy(schema)],
      ...(known[name] ? [[5, fc.constantFrom(...known[name])] as [number, fc.Arbitrary<unknown>]] : []),
    );
    const pairs = value.map((given) => [given].flat().map((one): [string, string] => [name, String(one)]));
    const given = weighted([15, pairs], [1, pairs.map((one) => [...one, ...one])]);
    return required ? given : weighted([1, given], [2, fc.constant([])]);
  });
  return fc.tuple(...each).map((pairs) => pairs.flat());
}

function bodyOf(schema: Schema): fc.Arbitrary<string> {
  const odd = fc.constantFrom<unknown>(null, [], 'text', 7, { deep: '['.repeat(9_000) });
  const changed = fc
    .tuple(valueBy(schema), nasty, nasty)
    .map(([body, name, value]) => ({ ...Object(body), [name]: value }));
  const whole = weighted<unknown>([6, valueBy(schema)], [1, odd], [1, fc.jsonValue()], [2, changed]);
  const text = whole.map((body) => JSON.stringify(body));
  const cut = fc
    .tuple(text, fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([all, share]) => all.slice(0, all.length * share));
  return weighted([9, text], [1, cut]);
}

/** Headers of the kinds that the API reads, and one that it does not know; what HTTP itself refuses is left out. */
function headersOf(): fc.Arbitrary<Record<string, string>> {
  const value = nasty.map((text) => text.replaceAll(/[^\x20-\x7e\xa0-\xff]/g, '').trim());
  const names = [
    'if-none-match',
    'accept',
    'accept-language',
    'idempotency-key',
    'x-request-id',
    'origin',
    'x-tenant-id',
  ];
  const authorization = weighted([1, value], [1, value.map((text) => `Bearer ${text}`)]);
  return weighted(
    [6, fc.constant({})],
    [3, fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 })],
    [1, fc.record({ authorization })],
    [1, fc.record({ 'content-type': value })],
  );
}
