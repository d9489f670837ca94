import { useRef } from 'react';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { type Dimension, dimensions, rareDimensions } from '../view/dimensions.ts';
import type { View } from '../view/view.ts';

type Rare = keyof typeof rareDimensions;
const rare = Object.keys(rareDimensions) as Rare[];

/**
 * The dimensions that recent costs have, and those that the view names anyhow. While another summary loads, those of
 * the one before: they would come and go.
 */
export function useDimensions(view: View, summary: CostsSummary | undefined): readonly Dimension[] {
  const latest = useRef(summary?.rare_dimensions);
  latest.current = summary?.rare_dimensions ?? latest.current;
  const says = (dimension: Rare) =>
    latest.current?.[dimension].some((value) => !rareDimensions[dimension].some((nothing) => nothing === value));
  return dimensions.filter(
    (dimension) =>
      !rare.some((each) => each === dimension) ||
      dimension === view.by ||
      dimension in view.filters ||
      says(dimension as Rare),
  );
}
