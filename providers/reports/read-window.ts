import { addDays, daysOf } from '#domain/day.ts';
import { OpenAiError } from '../http/error.ts';
import type { Credentials } from '../http/get.ts';
import type { AskPage } from '../openai/pages/fetch-page.ts';
import { readChain } from './follow-pages.ts';
import { adapt, type WindowQuery } from './query.ts';

/** How often in a row a day is asked for alone because the pages broke off in it. */
const MOST_CUTS = 8;

export type Reading<Fact> = {
  /** The query as it was accepted in the end. */
  query: WindowQuery<Fact>;
  days: Map<string, Fact[]>;
  /** Days without a bucket although the provider, asked for them, said that this was all. */
  unreported: string[];
};

/**
 * Asks until every day of the query is answered for, each time for the days still missing, or alone for the one in
 * which the pages broke off. Every turn shrinks what is missing or what is asked, or is one of a few, so this ends.
 * Throws OpenAiError; `incomplete_window` where pages break off for good.
 */
export async function readWindow<Fact>(
  askPage: AskPage,
  asked: WindowQuery<Fact>,
  credentials: Credentials,
): Promise<Reading<Fact>> {
  const days: Reading<Fact>['days'] = new Map();
  let query = asked;
  let alone: string | undefined;
  let cuts = 0;

  for (;;) {
    const missing = daysOf(query).filter((day) => !days.has(day));
    const [first, last] = [alone ?? missing[0], alone ?? missing.at(-1)];
    if (first === undefined || last === undefined) return { query, days, unreported: [] };
    try {
      const chain = await readChain(askPage, { ...query, from: first, to: addDays(last, 1) }, credentials);
      const received = missing.filter((day) => chain.days.has(day));
      for (const day of received) days.set(day, chain.days.get(day) ?? []);
      if (received.length > 0) {
        alone = undefined;
        cuts = 0;
        continue;
      }
      if (chain.ended && alone === undefined) return { query, days, unreported: missing };
      alone = missing.find((day) => day === chain.cut);
      if (alone !== undefined && ++cuts <= MOST_CUTS) continue;
    } catch (error) {
      const next = error instanceof OpenAiError ? adapt(query, error) : undefined;
      if (!next) throw error;
      query = next;
      alone = undefined;
      continue;
    }
    throw new OpenAiError('incomplete_window', { endpoint: query.source.endpoint, detail: `${missing.length} days` });
  }
}
