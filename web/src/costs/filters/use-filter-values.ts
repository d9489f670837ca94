import useSWR from 'swr';
import type { DayRange } from '#domain/day.ts';
import { useAsk } from '../../api/context.ts';
import { type DimensionValues, valuesPath } from '../data/paths.ts';
import { dimensions } from '../view/dimensions.ts';

/** So many of each dimension that all are in sight. */
const MOST = 6;

type Found = DimensionValues & {
  /** Null where these are all. */
  next_cursor: string | null;
};

/** Values of every dimension that hold the text, the dearest first; of null nothing is asked. */
export function useValues(search: string | null, days: DayRange) {
  const ask = useAsk();
  const { data } = useSWR(
    search === null ? null : ['values', search, days],
    ([, search]: [string, string, DayRange]) =>
      Promise.all(
        dimensions.map(async (dimension) => {
          // These are shown with spaces.
          const text = dimension === 'token_type' || dimension === 'service' ? search.replaceAll(' ', '_') : search;
          const response = await ask(valuesPath(dimension, days, { search: text, limit: MOST }));
          return { dimension, ...((await response.json()) as Found) };
        }),
      ),
    { keepPreviousData: true },
  );
  return data;
}
