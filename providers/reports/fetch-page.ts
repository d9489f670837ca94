import type { RequestOptions } from '../http/get.ts';
import type { ResponseHeaders } from '../http/response.ts';
import type { BucketPage } from './query/bucket-page.ts';
import type { WindowQuery } from './query/query.ts';

/** Fetches one page of a query: the first one by the token '', a later one by its token. Throws ProviderError. */
export type FetchPage = <Fact>(
  query: WindowQuery<Fact>,
  token: string,
  options: RequestOptions,
) => Promise<{ value: BucketPage<Fact>; headers: ResponseHeaders }>;
