import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { addDays, type Day } from './arithmetic/day.ts';
import type { Change } from './bill/restatement.ts';
import type { Failure } from './http/faults.ts';
import type { SimulatedRequest } from './http/http-server.ts';
import type { Keys } from './http/keys.ts';
import type { Knobs } from './http/knobs.ts';
import { json, type SimulatedResponse } from './http/response.ts';
import type { Truth } from './truth.ts';
import { usageEndpoints } from './usage/usage-catalog.ts';
import type { UsageChange } from './usage/usage-restatement.ts';

/** What can be read and changed while a simulator runs, in its process or over HTTP. */
export interface Controls {
  keys: Keys;
  truth: Truth;
  /** The UTC day that counts as today. */
  today(): Day;
  /** Changes a day's costs and the usage with them, or the usage of one endpoint. @throws RangeError if the fact does not exist */
  restate(day: Day, change: Change | UsageChange): void;
  /** Restates the last seven full days and returns the changes; see restate-recent.ts. */
  restateRecent(): Array<{ day: Day; change: Change }>;
  /** Revokes a key: it is refused with 401 from now on. */
  revoke(key: string): void;
  /** `failNext` makes the next requests fail; with `path`, only those below that path. */
  knobs: Knobs & { failNext(times: number, failure: Failure, path?: string): void };
  /** Every request to /v1, in order. */
  requests: SimulatedRequest[];
  /** Responds to no such request that comes from now on, until the function that it returns is called. */
  hold(isHeld: (request: SimulatedRequest) => boolean): () => void;
}

/** The path below which a simulator serves its controls; OpenAI has no such path. */
export const CONTROL = '/__simulator';

/** `GET truth?from&to`, `GET usage?endpoint&from&to`, `GET requests`, `POST restate`, `POST revoke`, `POST knobs`, `POST fail`. */
export async function respondToControl(
  request: IncomingMessage,
  { pathname, searchParams }: URL,
  simulator: Controls,
): Promise<SimulatedResponse> {
  const what = `${request.method} ${pathname.slice(CONTROL.length + 1)}`;
  try {
    const body = request.method === 'POST' ? JSON.parse((await text(request)) || '{}') : {};
    const result = act(what, body, searchParams, simulator);
    return result === undefined ? json({ error: `There is no ${what} here.` }, 404) : json(result);
  } catch (error) {
    return json({ error: error instanceof Error ? error.message : String(error) }, 400);
  }
}

interface Body {
  /** restate: a day and a change; without them the last seven days change. */
  day?: string;
  change?: Change | UsageChange;
  /** revoke: the name of one of the keys, or a key. */
  key?: string;
  /** fail */
  times?: number;
  failure?: Failure;
  path?: string;
}

function act(what: string, body: Body, params: URLSearchParams, simulator: Controls): unknown {
  const to = params.get('to') ?? addDays(simulator.today(), 1);
  const from = params.get('from') ?? addDays(to, -366);
  switch (what) {
    case 'GET truth':
      return { from, to, total: simulator.truth.total(from, to), days: simulator.truth.days(from, to) };
    case 'GET usage': {
      const endpoint = usageEndpoints.find((name) => name === params.get('endpoint'));
      return endpoint && { endpoint, from, to, ...simulator.truth.usage(endpoint, from, to) };
    }
    case 'GET requests':
      return simulator.requests;
    case 'POST restate':
      if (!body.day || !body.change) return simulator.restateRecent();
      simulator.restate(body.day, body.change);
      return simulator.truth.days(body.day, addDays(body.day, 1));
    case 'POST revoke':
      simulator.revoke(simulator.keys[body.key as keyof Keys] ?? body.key ?? '');
      return {};
    case 'POST knobs':
      return setKnobs(simulator.knobs, body as Record<string, unknown>);
    case 'POST fail':
      simulator.knobs.failNext(body.times ?? 1, body.failure ?? 500, body.path);
      return {};
    default:
      return undefined;
  }
}

function setKnobs(knobs: Controls['knobs'], values: Record<string, unknown>): unknown {
  for (const [name, value] of Object.entries(values)) {
    const now = Object.hasOwn(knobs, name) ? knobs[name as keyof typeof knobs] : undefined;
    if (typeof now !== typeof value) throw new RangeError(`${name} is no knob, or not of that type.`);
    Object.assign(knobs, { [name]: value });
  }
  return knobs;
}
