import { z } from 'zod';
import { list, text } from './fields.ts';
import type { Credentials, Get } from './get.ts';

const MOST_PAGES = 1_000;

/**
 * Lists everything behind an endpoint that pages by the last id. A list that breaks off (a cursor that repeats or leads
 * nowhere) is returned as far as it went: such lists give names, and what has no name is shown by its id. Throws
 * OpenAiError: `scope_missing` where the key may read costs but not this.
 */
export async function readList<Item extends { id: string }>(
  get: Get,
  { endpoint, params, item }: { endpoint: string; params: [string, string][]; item: z.ZodType<Item> },
  credentials: Credentials,
): Promise<Item[]> {
  const page = z.looseObject({ data: list(item), has_more: z.boolean().nullish(), last_id: text });
  const items = new Map<string, Item>();
  const cursors = new Set<string>();
  let after = '';

  while (cursors.size < MOST_PAGES) {
    const asked: [string, string][] = [['limit', '100'], ...params];
    if (after !== '') asked.push(['after', after]);
    const { value } = await get(endpoint, asked, page, credentials);
    for (const one of value.data) items.set(one.id, one);

    after = value.last_id || (value.data.at(-1)?.id ?? '');
    if (!value.has_more || after === '' || cursors.has(after)) break;
    cursors.add(after);
  }
  return [...items.values()];
}
