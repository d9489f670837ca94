import type { Ask } from './client.ts';

type Page = { data: unknown[]; next_cursor: string | null; revision: string };

/** An answer with the rows of all its pages. Where the data change in between, it is asked for from the beginning. */
export async function askAllPages<T extends Page>(ask: Ask, path: string): Promise<T> {
  const first = (await (await ask(path)).json()) as T;
  const rows = [first.data];
  for (let cursor = first.next_cursor; cursor; ) {
    const page = (await (await ask(`${path}&cursor=${encodeURIComponent(cursor)}`)).json()) as T;
    if (page.revision !== first.revision) return askAllPages(ask, path);
    rows.push(page.data);
    cursor = page.next_cursor;
  }
  return { ...first, data: rows.flat(), next_cursor: null };
}
