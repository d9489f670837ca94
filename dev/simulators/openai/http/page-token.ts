import { createHmac } from 'node:crypto';
import type { Day } from '../arithmetic/day.ts';
import { Refusal } from './response.ts';

/** Where the next page begins. */
export interface Place {
  day: Day;
  /** The page before had the first half of this day's rows. */
  secondHalf: boolean;
  /** For the quirk of empty pages: all pages from here are empty. */
  empty: boolean;
}

/** What a token is bound to: it is refused when one of these has changed. */
export interface Binding {
  secret: string;
  endpoint: string;
  organizationId: string;
  params: URLSearchParams;
  revision: number;
  maxAgeSeconds: number;
}

export function writePageToken(place: Place, binding: Binding): string {
  const body = Buffer.from(JSON.stringify({ ...place, at: Date.now() })).toString('base64url');
  return `page_${body}.${sign(body, binding)}`;
}

/** Refuses, with 400, a token of another query, a changed one, an old one, and one from before a restatement. */
export function readPageToken(token: string, binding: Binding): Place {
  const [, body, signature] = /^page_([\w-]+)\.([\w-]+)$/.exec(token) ?? [];
  if (body && signature === sign(body, binding)) {
    const { at, ...place } = JSON.parse(Buffer.from(body, 'base64url').toString()) as Place & { at: number };
    if (Date.now() - at < binding.maxAgeSeconds * 1000) return place;
  }
  throw new Refusal(400, 'The page token is invalid, have you modified the query parameters?', { param: 'page' });
}

function sign(body: string, { secret, endpoint, organizationId, params, revision }: Binding): string {
  const query = [...params].filter(([name]) => name !== 'page').sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return createHmac('sha256', secret)
    .update(JSON.stringify([body, endpoint, organizationId, query, revision]))
    .digest('base64url');
}
