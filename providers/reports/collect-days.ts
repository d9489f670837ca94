import type { Day } from '#domain/day.ts';
import type { Bucket } from './query/bucket-page.ts';
import type { Source } from './query/source.ts';

/** What pages sent of one bucket, part by part. */
type Collected<Fact> = { parts: Part<Fact>[]; identities: Set<string> | undefined };
type Part<Fact> = { page: number; facts: Fact[] };

/**
 * Collects the facts of pages by day. Buckets that start at different moments of a day add up. A bucket that comes again
 * is repeated, or continued where a page ended within it. Where its rows do not tell which, its day is ambiguous.
 */
export function collectDays<Fact>(source: Source<Fact>) {
  const days = new Map<Day, Map<number, Collected<Fact>>>();
  const ambiguous = new Set<Day>();

  /** Whether the bucket brought something new. */
  function add({ day, start, facts }: Bucket<Fact>, page: number): boolean {
    const ofDay = days.get(day) ?? new Map<number, Collected<Fact>>();
    days.set(day, ofDay);
    const known = ofDay.get(start);
    if (!known) {
      ofDay.set(start, { parts: [{ page, facts }], identities: undefined });
      return true;
    }
    if (facts.length === 0) return false;
    known.identities ??= new Set(known.parts.flatMap((part) => part.facts.map(source.identity)));
    const identities = new Set(facts.map(source.identity));
    if (identities.isDisjointFrom(known.identities)) {
      known.parts.push({ page, facts });
      for (const identity of identities) known.identities.add(identity);
      return true;
    }
    const repeated = known.parts.findIndex((part) => isRepeated(part, { page, facts }, source));
    if (repeated < 0) ambiguous.add(day);
    else known.parts[repeated] = { page, facts };
    return false;
  }

  return {
    add,
    /** Days with a bucket, and their facts; ambiguous days too. */
    days: (): Map<Day, Fact[]> =>
      new Map(
        [...days].map(([day, ofDay]) => [day, [...ofDay.values()].flatMap(({ parts }) => parts.flatMap(factsOf))]),
      ),
    count: () => days.size,
    ambiguous,
  };
}

const factsOf = <Fact>({ facts }: Part<Fact>) => facts;

/**
 * A page does not continue a bucket of its own, so there only equal rows are repeated ones. On two pages all the same
 * subjects are, and their later values count; but a single row may as well be a second one of the same subject.
 */
function isRepeated<Fact>(known: Part<Fact>, part: Part<Fact>, { identity, measures }: Source<Fact>): boolean {
  const isSamePage = known.page === part.page;
  if (!isSamePage && part.facts.length === 1) return false;
  const subjects = ({ facts }: Part<Fact>) =>
    facts.map((fact) => (isSamePage ? `${identity(fact)}${measures(fact)}` : identity(fact))).sort();
  return subjects(known).join('\n') === subjects(part).join('\n');
}
