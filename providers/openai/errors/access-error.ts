import type { ProviderErrorKind } from '../../http/error.ts';
import type { ErrorBody } from './error-body.ts';

type AccessError = { kind: ProviderErrorKind; host?: string };

const HOST = /(?:^|[\s"'(/])([a-z]+\.api\.openai\.com)(?=$|[\s"'),/]|\.(?:\s|$))/;
const LACKS_SCOPE = /insufficient[_ ]permissions?|missing[_ ]scopes?|insufficient[_ ]scope/;

/**
 * Reads a 401 or 403. Not each is about the key: OpenAI also refuses addresses, networks, countries and archived
 * projects with them. The code comes first: a message about a wrong key repeats part of it, which could hold any word.
 */
export function readAccessError(status: number, { code, message }: ErrorBody): AccessError {
  if (code.includes('expired')) return { kind: 'key_expired' };
  if (code.includes('invalid_api_key')) return { kind: 'key_rejected' };
  const text = `${code} ${message}`;
  if (/incorrect_hostname|incorrect (regional )?hostname/.test(text)) {
    const [, host] = HOST.exec(message) ?? [];
    return { kind: 'wrong_region', ...(host && { host }) };
  }
  if (/ip_not_(authorized|allowed)|\bip\b.{0,40} not (authorized|allowed)/.test(text))
    return { kind: 'network_refused' };
  if (/unsupported_country|country, region,? or territory/.test(text)) return { kind: 'country_unsupported' };
  if (/project_archived|project\b.{0,40} is archived/.test(text)) return { kind: 'project_archived' };
  if (/\bkey\b.{0,40} expired\b/.test(message)) return { kind: 'key_expired' };
  return { kind: status === 403 || LACKS_SCOPE.test(text) ? 'scope_missing' : 'key_rejected' };
}
