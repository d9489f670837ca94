import type { ProviderErrorKind } from '../../http/error.ts';
import type { ErrorBody } from './error-body.ts';

type AccessError = { kind: ProviderErrorKind; host?: string };

/** Hosts of OpenAI's API that a text names, between whatever marks. */
const HOST = /(?<![a-z0-9.-])(?:[a-z]+\.)?api\.openai\.com(?![a-z0-9@-]|\.[a-z0-9])/g;
const DEFAULT = 'api.openai.com';
const NETWORK =
  /ip_not_(authorized|allowed)|\bip\b.{0,60}\bnot\b.{0,30}\b(authorized|allowed|permitted|allow-?list)|\bnot\b.{0,60}\bip allow-?list/;
const LACKS_SCOPE = /insufficient[_ ]permissions?|missing[_ ]scopes?|insufficient[_ ]scope/;

/**
 * Reads a 401 or 403. Not each is about the key: OpenAI also refuses addresses, networks, countries and archived
 * projects with them. The code comes first: a message about a wrong key repeats part of it, which could hold any word.
 * @param asked the host that responded
 */
export function readAccessError(status: number, { code, message }: ErrorBody, asked: string): AccessError {
  if (code.includes('expired')) return { kind: 'key_expired' };
  if (code.includes('invalid_api_key')) return { kind: 'key_rejected' };
  const text = `${code} ${message}`;
  if (/incorrect_hostname|incorrect (regional )?hostname/.test(text)) {
    const host = rightHost(message, asked);
    return { kind: 'wrong_region', ...(host && { host }) };
  }
  if (NETWORK.test(text)) return { kind: 'network_refused' };
  if (/unsupported_country|country, region,? or territory/.test(text)) return { kind: 'country_unsupported' };
  if (/project_archived|project\b.{0,60} (is|has been) archived/.test(text)) return { kind: 'project_archived' };
  if (/\bkey\b.{0,40} expired\b/.test(message)) return { kind: 'key_expired' };
  return { kind: status === 403 || LACKS_SCOPE.test(text) ? 'scope_missing' : 'key_rejected' };
}

/** The host of a region that a message refers to; undefined where it names none, or the one of no region. */
function rightHost(message: string, asked: string): string | undefined {
  const hosts = message.match(HOST) ?? [];
  // "us… is incorrect, use eu…": the message may name the wrong one first. The right one may refuse for a moment.
  const others = hosts.filter((host) => host !== asked);
  const host = others.find((other) => other !== DEFAULT) ?? others[0] ?? hosts[0];
  return host === DEFAULT ? undefined : host;
}
