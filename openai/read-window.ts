import { readChain } from './chain.ts';
import { addDays, daysOf } from './days.ts';
import { OpenAiError } from './error.ts';
import type { Credentials, Get } from './http.ts';
import { adapt, type WindowQuery } from './query.ts';

export type Reading<Fact> = {
  /** The query as it was accepted in the end. */
  query: WindowQuery<Fact>;
  days: Map<string, Fact[]>;
  /** Days without a bucket although the provider, asked for them, said that this was all. */
  unreported: string[];
};

/**
 * Asks until every day of the query is answered for, each time for the days still missing. Every turn shrinks what is
 * missing or what is asked, so this ends. Throws OpenAiError; `incomplete_window` where pages break off for good.
 */
export async function readWindow<Fact>(
  get: Get,
  asked: WindowQuery<Fact>,
  credentials: Credentials,
): Promise<Reading<Fact>> {
  const days: Reading<Fact>['days'] = new Map();
  let query = asked;

  for (;;) {
    const missing = daysOf(query.from, query.to).filter((day) => !days.has(day));
    const [first, last] = [missing[0], missing.at(-1)];
    if (first === undefined || last === undefined) return { query, days, unreported: [] };
    try {
      const chain = await readChain(get, { ...query, from: first, to: addDays(last, 1) }, credentials);
      const received = missing.filter((day) => chain.days.has(day));
      for (const day of received) days.set(day, chain.days.get(day) ?? []);
      if (received.length > 0) continue;
      if (chain.ended) return { query, days, unreported: missing };
    } catch (error) {
      const next = error instanceof OpenAiError ? adapt(query, error) : undefined;
      if (!next) throw error;
      query = next;
      continue;
    }
    throw new OpenAiError('incomplete_window', { endpoint: query.source.endpoint, detail: `${missing.length} days` });
  }
}
