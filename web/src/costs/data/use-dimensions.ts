import { useRef } from 'react';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { type Dimension, dimensions, rareDimensions } from '../view/dimensions.ts';
import type { View } from '../view/view.ts';

type Rare = keyof typeof rareDimensions;
const rare = Object.keys(rareDimensions) as Rare[];
const isRare = (dimension: Dimension): dimension is Rare => rare.some((each) => each === dimension);

/**
 * The dimensions that recent costs have, and those that the view names anyhow. While another summary loads, those of
 * the one before: they would come and go.
 */
export function useDimensions(view: View, summary: CostsSummary | undefined): readonly Dimension[] {
  const found = useRef<readonly Rare[]>([]);
  if (summary) found.current = rareIn(summary.rare_dimensions);
  return dimensions.filter(
    (dimension) =>
      !isRare(dimension) || dimension === view.by || dimension in view.filters || found.current.includes(dimension),
  );
}

/** Those that have a value which says something. */
export const rareIn = (values: CostsSummary['rare_dimensions']): readonly Rare[] =>
  rare.filter((name) => values[name].some((value) => !rareDimensions[name].some((nothing) => nothing === value)));
