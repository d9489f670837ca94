import { z } from 'zod';
import { list, text } from './fields.ts';
import type { Get, RequestOptions } from './get.ts';

const MAX_PAGES = 1_000;

/**
 * Lists all items of an endpoint that pages by the last id. Where a cursor repeats or is missing, returns the items so
 * far: such lists give names, and an item without a name is shown by its id.
 * Throws ProviderError: `scope_missing` where the key may not read this list.
 */
export async function readList<Item extends { id: string }>(
  get: Get,
  { endpoint, params, item }: { endpoint: string; params: [string, string][]; item: z.ZodType<Item> },
  options: RequestOptions,
): Promise<Item[]> {
  const page = z.looseObject({ data: list(item), has_more: z.boolean().nullish(), last_id: text });
  const items = new Map<string, Item>();
  const cursors = new Set<string>();
  let after = '';

  while (cursors.size < MAX_PAGES) {
    const pageParams: [string, string][] = [['limit', '100'], ...params];
    if (after !== '') pageParams.push(['after', after]);
    const { value } = await get(endpoint, pageParams, page, options);
    for (const one of value.data) items.set(one.id, one);

    after = value.last_id || (value.data.at(-1)?.id ?? '');
    if (!value.has_more || after === '' || cursors.has(after)) break;
    cursors.add(after);
  }
  return [...items.values()];
}
