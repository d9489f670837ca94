import { daysOf } from '#domain/day.ts';
import { OpenAiError } from '../http/error.ts';
import type { Credentials } from '../http/get.ts';
import type { AskPage } from '../openai/pages/fetch-page.ts';
import type { WindowQuery } from './query.ts';

/** Pages without anything new that are followed in a row: a server may page over quiet days that it leaves out. */
const BARREN_PAGES = 5;
/** A window has at most 62 days; only days cut over several pages need more. */
const MOST_PAGES = 1_000;

export type Chain<Fact> = {
  /** Whole days only. */
  days: Map<string, Fact[]>;
  /** The day where the pages broke off, whose rest may be missing; it is not among the days. */
  cut: string | undefined;
  /** Whether the provider said that nothing follows. */
  ended: boolean;
};

/**
 * Asks a query and follows its pages as far as they lead. Page tokens live and die here: they are bound to the exact
 * query and go stale. Throws OpenAiError; a token that is refused only ends the chain.
 */
export async function readChain<Fact>(
  askPage: AskPage,
  query: WindowQuery<Fact>,
  credentials: Credentials,
): Promise<Chain<Fact>> {
  const days: Chain<Fact>['days'] = new Map();
  const expected = daysOf(query).length;
  const tokens = new Set<string>();
  let token = '';
  let barren = 0;
  let last: string | undefined;
  let goesOn = false;

  while (tokens.size < MOST_PAGES) {
    try {
      const { value } = await askPage(query, token, credentials);
      const { buckets, hasMore, nextPage } = value;
      const brought = buckets.filter(({ day, facts }) => take(days, query, day, facts)).map(({ day }) => day);
      if (!hasMore) return { days, cut: undefined, ended: true };

      last = brought.at(-1) ?? last;
      barren = brought.length > 0 ? 0 : barren + 1;
      goesOn = nextPage !== '' && barren === 0;
      const patience = days.size < expected ? BARREN_PAGES : 1;
      if (nextPage === '' || tokens.has(nextPage) || barren >= patience) break;
      token = nextPage;
      tokens.add(token);
    } catch (error) {
      // The same query was fine without a token, so a refusal is about the token.
      if (token === '' || !(error instanceof OpenAiError) || !error.refusal) throw error;
      goesOn = true;
      break;
    }
  }
  // "More" that nothing leads to, after all days have come, is a known quirk. Else the last day may have gone on.
  const cut = goesOn || days.size < expected ? last : undefined;
  if (cut !== undefined) days.delete(cut);
  return { days, cut, ended: false };
}

/**
 * Adds a bucket's facts to its day; says whether that brought anything new. A day that comes twice is either repeated
 * (overlapping pages) or continued (cut by a page's end). In both, facts with the same identity are the same fact, of
 * which the later reading counts, and the others are added: nothing is doubled and nothing is lost.
 */
function take<Fact>(days: Chain<Fact>['days'], query: WindowQuery<Fact>, day: string, facts: Fact[]): boolean {
  if (day < query.from || day >= query.to) return false;
  const { identity } = query.source;
  const known = days.get(day);
  if (!known) {
    days.set(day, facts);
    return true;
  }
  const before = new Set(known.map(identity));
  const again = new Set(facts.map(identity));
  days.set(day, [...known.filter((fact) => !again.has(identity(fact))), ...facts]);
  return again.difference(before).size > 0;
}
