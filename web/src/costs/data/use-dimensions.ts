import type { Costs } from '#api/routes/costs/get-costs.ts';
import type { DayRange } from '#domain/day.ts';
import { useJson } from '../../api/use-fetch.ts';
import { type Dimension, dimensions, rareDimensions } from '../view/dimensions.ts';
import { selectionOf, type View } from '../view/view.ts';
import { costsPath } from './paths.ts';

type Rare = keyof typeof rareDimensions;
const rare = Object.keys(rareDimensions) as Rare[];

/** The dimensions that the costs of a range have, and those that the view names anyhow. */
export function useDimensions(view: View, days: DayRange): readonly Dimension[] {
  const ofAll = selectionOf({ ...view, filters: {} });
  const { data } = useJson<Costs>(costsPath(days, ofAll, { by: rare }));
  const says = (dimension: Rare) =>
    data?.data.some((row) => !rareDimensions[dimension].some((nothing) => nothing === (row[dimension] ?? '')));
  return dimensions.filter(
    (dimension) =>
      !rare.some((each) => each === dimension) ||
      dimension === view.by ||
      dimension in view.filters ||
      says(dimension as Rare),
  );
}
