// A process that serves an invented organization from kept responses, so that a backfill is measured and not the
// simulator: each day of each query is taken from the simulator once, before the measurement.
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startSimulator } from '#dev/simulators/openai/simulator.ts';
import { usageEndpoints } from '#dev/simulators/openai/usage/usage-catalog.ts';
import { addTo } from '#dev/simulators/openai/usage/usage-tally.ts';
import { addDays, type Day, type DayRange, dayAt, daysOf, startOfDay } from '#domain/day.ts';
import { sumDecimals } from '#domain/decimal.ts';

process.title = 'pump-kept-openai (bench/backfill/kept-openai.ts)';
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'facts-per-day': { type: 'string', default: '100' },
    'admin-key': { type: 'string' },
    latency: { type: 'string', default: '0' },
  },
});
const simulator = await startSimulator({
  factsPerDay: Number(values['facts-per-day']),
  ...(values['admin-key'] && { adminKey: values['admin-key'] }),
});
/** Milliseconds from the first measurement on: what is made before it need not wait. */
let latency = 0;

type Response = { status: number; body: Buffer };
const kept = new Map<string, Response>();
/** By range; the same for each organization. */
const truths = new Map<string, ReturnType<typeof truthOf>>();
let requests: string[] = [];

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.pathname.startsWith('/__bench/')) return sendJson(response, control(url));
  requests.push(url.pathname + url.search);
  if (latency > 0) await delay(latency);
  const isReport = /^\/v1\/organization\/(costs|usage\/)/.test(url.pathname);
  const { authorization = '' } = request.headers;
  send(response, await (isReport ? page(url, authorization) : keep(url.href, url, authorization)));
});
/**
 * A key of another organization is the known one, _n and a number: its responses are those of the known organization with the
 * number in the organization's id.
 */
function inOrganization(number: string, { status, body }: Response): Response {
  const text = body.toString('latin1');
  const [id] = /\borg-\w+/.exec(text) ?? [];
  return { status, body: id ? Buffer.from(text.replaceAll(id, id + number), 'latin1') : body };
}

server.keepAliveTimeout = 60_000;
server.listen(Number(values.port), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));

function control({ pathname, searchParams }: URL): unknown {
  if (pathname.endsWith('/requests')) return requests;
  if (pathname.endsWith('/forget')) {
    requests = [];
    latency = Number(values.latency);
    return {};
  }
  const range = { from: searchParams.get('from') ?? '', to: searchParams.get('to') ?? '' };
  const name = `${range.from} ${range.to}`;
  const truth = truths.get(name) ?? truthOf(range);
  truths.set(name, truth);
  return truth;
}

/** What a range cost, and the sums of its usage: day by day, so that each is invented once. */
function truthOf(range: DayRange) {
  const { truth } = simulator;
  const usage: Record<string, Record<string, number>> = Object.fromEntries(usageEndpoints.map((name) => [name, {}]));
  const costs = daysOf(range).map((day) => {
    const next = addDays(day, 1);
    for (const endpoint of usageEndpoints) addTo(usage[endpoint] ?? {}, truth.usage(endpoint, day, next).totals);
    return truth.total(day, next);
  });
  return { costs: sumDecimals(costs), usage };
}

/** A page as the simulator would send it, joined from its days. */
async function page(url: URL, authorization: string): Promise<Response> {
  const { searchParams } = url;
  const number = (name: string) => Number(searchParams.get(name));
  const to = addDays(dayAt((number('end_time') - 1) * 1000), 1);
  const first = searchParams.get('page') ?? dayAt(number('start_time') * 1000);
  const next = earlier(addDays(first, number('limit')), to);
  const buckets: Buffer[] = [];
  for (let day = first; day < next; day = addDays(day, 1)) {
    const one = await bucket(url, day, authorization);
    if (one.status !== 200) return one;
    buckets.push(...(buckets.length > 0 ? [Buffer.from(',')] : []), one.body);
  }
  const end = `],"has_more":${next < to},"next_page":${next < to ? JSON.stringify(next) : null}}`;
  return {
    status: 200,
    body: Buffer.concat([Buffer.from('{"object":"page","data":['), ...buckets, Buffer.from(end)]),
  };
}

const earlier = (a: Day, b: Day) => (a < b ? a : b);

/** A query's bucket of one day, or the refusal of a query that begins with it. */
function bucket(url: URL, day: Day, authorization: string): Promise<Response> {
  const one = new URL(url);
  one.searchParams.delete('page');
  one.searchParams.set('limit', '1');
  one.searchParams.set('start_time', String(startOfDay(day) / 1000));
  // Ends with the day, or with now.
  const end = Math.min(startOfDay(addDays(day, 1)) / 1000, Number(url.searchParams.get('end_time')));
  one.searchParams.set('end_time', String(end));
  const filtered = [...one.searchParams].filter(([name]) => !name.endsWith('_time')).join('&');
  return keep(`${one.pathname} ${day} ${filtered}`, one, authorization, (body) =>
    body.subarray(body.indexOf('[') + 1, body.lastIndexOf(']')),
  );
}

async function keep(
  name: string,
  { pathname, search }: Pick<URL, 'pathname' | 'search'>,
  authorization: string,
  partOf = (body: Buffer) => body,
): Promise<Response> {
  const [, own = authorization, number] = /^(.*)_n(\d+)$/.exec(authorization) ?? [];
  const place = number ? `${number} ${name}` : name;
  const known = kept.get(place);
  if (known) return known;
  if (number) {
    const taken = inOrganization(number, await keep(name, { pathname, search }, own, partOf));
    kept.set(place, taken);
    return taken;
  }
  const response = await fetch(new URL(pathname + search, simulator.url), { headers: { authorization } });
  const body = Buffer.from(await response.arrayBuffer());
  const taken = { status: response.status, body: response.ok ? partOf(body) : body };
  kept.set(name, taken);
  return taken;
}

function send(response: ServerResponse, { status, body }: Response): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

const sendJson = (response: ServerResponse, value: unknown) =>
  send(response, { status: 200, body: Buffer.from(JSON.stringify(value)) });
