import { type Api, ApiError } from './client.ts';

type Page = { data: unknown[]; next_cursor: string | null; revision: string };

/** While a backfill writes, data may change between any two pages. */
const MOST_STARTS = 3;
const CHANGING = {
  status: 0,
  title: 'The costs change faster than they can be read',
  detail: 'Days are arriving at this moment. Choose a shorter range, or wait until they have arrived.',
};

/**
 * Fetches all pages of a list as one response. Starts again if the data change between two pages, at most twice.
 * @throws ApiError if they still change then
 */
export async function fetchAllPages<T extends Page>(api: Api, path: string, init?: RequestInit): Promise<T> {
  const fetchPage = async (cursor?: string) =>
    (await (await api(cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path, init)).json()) as T;
  for (let start = 1; start <= MOST_STARTS; start++) {
    const first = await fetchPage();
    const rows = [first.data];
    let page = first;
    while (page.next_cursor && page.revision === first.revision) {
      page = await fetchPage(page.next_cursor);
      rows.push(page.data);
    }
    if (page.revision === first.revision) return { ...first, data: rows.flat(), next_cursor: null };
  }
  throw new ApiError(CHANGING);
}
