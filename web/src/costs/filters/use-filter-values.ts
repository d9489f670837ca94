import type { DayRange } from '#domain/day.ts';
import { useFetch } from '../../api/use-fetch.ts';
import { type DimensionValues, dimensionPath } from '../data/paths.ts';
import { dimensions } from '../view/dimensions.ts';

/** Values of each dimension: few enough that all dimensions are in sight. */
const MOST = 6;

type Page = DimensionValues & {
  /** Null on the last page. */
  next_cursor: string | null;
};

/** Values of every dimension that contain a text, the highest cost first. Null fetches nothing. */
export function useFilterValues(search: string | null, days: DayRange) {
  const { data } = useFetch(search === null ? null : ['values', search, days], (api, init) =>
    Promise.all(
      dimensions.map(async (dimension) => {
        // The page displays the underscores of these as spaces.
        const text = dimension === 'token_type' || dimension === 'service' ? search?.replaceAll(' ', '_') : search;
        const response = await api(dimensionPath(dimension, days, { search: text ?? '', limit: MOST }), init);
        return { dimension, ...((await response.json()) as Page) };
      }),
    ),
  );
  return data;
}
