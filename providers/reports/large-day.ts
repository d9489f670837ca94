import { ProviderError } from '../http/error.ts';
import type { RequestOptions } from '../http/get.ts';
import { completeDays } from './complete-days.ts';
import type { FetchPage } from './fetch-page.ts';
import { refusedGrouping, withoutNextDroppable } from './query/adapt-query.ts';
import type { WindowQuery } from './query/query.ts';

/** Values of one filter: the address of a request stays shorter than what servers accept. */
const MAX_PROJECTS = 50;

/** `groupBy`: the dimensions that all facts of the day are grouped by. */
export type DayReading<Fact> = { facts: Fact[]; groupBy: readonly string[]; isAmbiguous: boolean };

/**
 * Reads a day whose response is too large: project by project with all its dimensions. Only what is too large even so
 * gives up users, then keys. Throws `response_too_large` where that does not help.
 */
export async function readLargeDay<Fact>(
  fetchPage: FetchPage,
  query: WindowQuery<Fact>,
  options: RequestOptions,
): Promise<DayReading<Fact>> {
  const readPart = partReader<Fact>(fetchPage, options);
  const parts = await readByProject(readPart, query).catch(orRefused);
  return joined(query, parts ?? (await readPart(withoutNextDroppable(query) ?? query)));
}

type ReadPart<Fact> = (part: WindowQuery<Fact>) => Promise<DayReading<Fact>[]>;

/** Undefined where there is one project only, or the server ignores the filter. */
async function readByProject<Fact>(
  readPart: ReadPart<Fact>,
  query: WindowQuery<Fact>,
): Promise<DayReading<Fact>[] | undefined> {
  const { dimension, of } = query.source.project;
  if (!query.groupBy.includes(dimension)) return undefined;
  const listed = await readPart({ ...query, groupBy: [dimension] });
  const projects = new Set(listed.flatMap(({ facts }) => facts.map(of)));
  if (projects.size < 2) return undefined;
  const named = [...projects].filter((project) => project !== '');
  const parts: DayReading<Fact>[] = [];
  for (let index = 0; index < named.length; index += MAX_PROJECTS) {
    const batch = named.slice(index, index + MAX_PROJECTS);
    const ofBatch = await readPart({ ...query, projects: batch });
    if (ofBatch.some(({ facts }) => !facts.every((fact) => batch.includes(of(fact))))) return undefined;
    parts.push(...ofBatch);
  }
  // No filter selects facts without a project: they are picked out of the day's coarser facts.
  if (projects.has('')) {
    const { droppable } = query.source;
    const groupBy = query.groupBy.filter((dimension) => !droppable.includes(dimension));
    const coarse = await readPart({ ...query, groupBy });
    parts.push(...coarse.map((part) => ({ ...part, facts: part.facts.filter((fact) => of(fact) === '') })));
  }
  return parts;
}

function orRefused(error: unknown): undefined {
  if (!refusedGrouping(error)) throw error;
}

/** Reads a part of the day. One that is too large is halved by its projects, then gives up dimensions. */
function partReader<Fact>(fetchPage: FetchPage, options: RequestOptions): ReadPart<Fact> {
  return async function readPart(part): Promise<DayReading<Fact>[]> {
    try {
      const { days, ambiguous, unreported } = await completeDays(fetchPage, part, options);
      if (unreported.length > 0) throw new ProviderError('incomplete_window', { endpoint: part.source.endpoint });
      return [{ facts: days.get(part.from) ?? [], groupBy: part.groupBy, isAmbiguous: ambiguous.size > 0 }];
    } catch (error) {
      const isTooLarge = error instanceof ProviderError && error.kind === 'response_too_large';
      if (!isTooLarge && !refusedGrouping(error)) throw error;
      const { projects = [] } = part;
      const middle = Math.ceil(projects.length / 2);
      if (isTooLarge && projects.length > 1) {
        const first = await readPart({ ...part, projects: projects.slice(0, middle) });
        return [...first, ...(await readPart({ ...part, projects: projects.slice(middle) }))];
      }
      const coarser = withoutNextDroppable(part);
      if (!coarser) throw error;
      return readPart(coarser);
    }
  };
}

function joined<Fact>({ groupBy }: WindowQuery<Fact>, parts: DayReading<Fact>[]): DayReading<Fact> {
  return {
    facts: parts.flatMap(({ facts }) => facts),
    groupBy: groupBy.filter((dimension) =>
      parts.every((part) => part.facts.length === 0 || part.groupBy.includes(dimension)),
    ),
    isAmbiguous: parts.some(({ isAmbiguous }) => isAmbiguous),
  };
}
