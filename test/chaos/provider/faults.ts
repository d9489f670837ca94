import { type Reply, reply } from './reply.ts';

/** Makes another response of the right one. */
export type Fault = { name: string; spoil: (right: Reply) => Reply };

const error = (message: string) =>
  JSON.stringify({ error: { message, type: 'server_error', param: null, code: null } });
const html = (title: string) => `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
const instead = (name: string, make: () => Reply): Fault => ({ name, spoil: make });
const changed = (name: string, change: (right: Reply) => Partial<Reply>): Fault => ({
  name,
  spoil: (right) => ({ ...right, ...change(right) }),
});
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();

/** What `retry-after` and its relatives have been seen to say, and what they could say. */
const waits: [string, () => Record<string, string>][] = [
  ['none', () => ({})],
  ['1', () => ({ 'retry-after': '1' })],
  ['0', () => ({ 'retry-after': '0' })],
  ['a fraction', () => ({ 'retry-after': '0.5' })],
  ['a date', () => ({ 'retry-after': inSeconds(2) })],
  ['a past date', () => ({ 'retry-after': inSeconds(-86_400) })],
  ['a negative number', () => ({ 'retry-after': '-30' })],
  ['nonsense', () => ({ 'retry-after': 'soon' })],
  ['empty', () => ({ 'retry-after': '' })],
  ['milliseconds', () => ({ 'retry-after-ms': '700' })],
  ['nonsense milliseconds', () => ({ 'retry-after-ms': 'NaN', 'retry-after': '1' })],
];
const rateLimits = waits.map(([name, headers]) =>
  instead(`429, retry-after: ${name}`, () => reply(429, error('Rate limit reached for requests.'), headers())),
);

const outages = [
  instead('400 HTML', () => reply(400, html('400 Bad Request'))),
  instead('500', () => reply(500, error('The server had an error.'))),
  instead('502 HTML', () => reply(502, html('502 Bad Gateway'))),
  instead('503 empty', () => reply(503, '')),
  instead('503, retry-after: 1', () => reply(503, error('Overloaded.'), { 'retry-after': '1' })),
  instead('504 HTML', () => reply(504, html('504 Gateway Time-out'))),
  instead('520', () => reply(520, 'error code: 520')),
  instead('404', () => reply(404, error('Not found'))),
  instead('302', () => reply(302, '', { location: 'https://status.example/' })),
];

const connections = [
  changed('reset', () => ({ end: 'reset before' })),
  changed('reset within the body', () => ({ end: 'reset within' })),
  changed('stall', () => ({ end: 'stall before' })),
  changed('stall within the body', () => ({ end: 'stall within' })),
];

const bodies = [
  changed('truncated JSON', ({ body }) => ({ status: 200, body: body.slice(0, body.length / 2) })),
  instead('200 HTML', () => reply(200, html('Just a moment …'))),
  instead('200 empty', () => reply(200, '')),
  instead('null', () => reply(200, 'null')),
  instead('a list', () => reply(200, '[]')),
  instead('an object without fields', () => reply(200, '{}')),
  instead('data: null', () => reply(200, '{"object":"page","data":null,"has_more":false,"next_page":null}')),
  instead('data of text', () => reply(200, '{"object":"page","data":["a"],"has_more":false,"next_page":null}')),
  instead('no buckets', () => reply(200, '{"object":"page","data":[],"has_more":false,"next_page":null}')),
  instead('an endless page', () => reply(200, '{"object":"page","data":[],"has_more":true,"next_page":"again"}')),
];

/** A right response by a wrong clock. */
const clocks = [-86_400 * 400, -7_200, 7_200, 86_400 * 400].map((seconds) =>
  changed(`a clock ${seconds} s off`, ({ headers }) => ({ headers: { ...headers, date: inSeconds(seconds) } })),
);

/** By group, so that each kind is as likely as the others however many forms it has. */
export const FAULTS: readonly (readonly Fault[])[] = [rateLimits, outages, connections, bodies, clocks];
