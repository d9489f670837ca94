import { z } from 'zod';
import { readList } from '../../http/cursor-list.ts';
import { string, text } from '../../http/fields.ts';
import type { Get, RequestOptions } from '../../http/get.ts';

const adminKey = z.looseObject({ id: string, redacted_value: text, expires_at: text });

/**
 * When the key itself expires, in unix seconds; null where it never does, or OpenAI lists no key, or several with
 * different ends, that look like it. Throws ProviderError: `scope_missing` where the key may not list admin keys.
 */
export async function readKeyExpiry(get: Get, options: RequestOptions): Promise<number | null> {
  const keys = await readList(get, { endpoint: '/organization/admin_api_keys', params: [], item: adminKey }, options);
  const own = keys.filter(({ redacted_value }) => looksLike(redacted_value, options.key));
  const [expiry = '', another] = new Set(own.map(({ expires_at }) => expires_at));
  return another === undefined && /^\d{9,10}$/.test(expiry) ? Number(expiry) : null;
}

/** `sk-admin-abc...xyz`, or with asterisks: the first and the last characters are the key's. */
function looksLike(redacted: string, key: string): boolean {
  const [, start = '', end = ''] = /^([\w-]*)(?:\.{2,}|…|\*+)([\w-]+)$/.exec(redacted) ?? [];
  return end.length >= 3 && key.startsWith(start) && key.endsWith(end);
}
