import type { Api } from './client.ts';

type Page = { data: unknown[]; next_cursor: string | null; revision: string };

/** Fetches all pages of a list as one response. Starts again if the data change between two pages. */
export async function fetchAllPages<T extends Page>(api: Api, path: string): Promise<T> {
  const first = (await (await api(path)).json()) as T;
  const rows = [first.data];
  for (let cursor = first.next_cursor; cursor; ) {
    const page = (await (await api(`${path}&cursor=${encodeURIComponent(cursor)}`)).json()) as T;
    if (page.revision !== first.revision) return fetchAllPages(api, path);
    rows.push(page.data);
    cursor = page.next_cursor;
  }
  return { ...first, data: rows.flat(), next_cursor: null };
}
