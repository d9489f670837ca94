import { useRef } from 'react';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { type Dimension, dimensions, rareDimensions } from '../view/dimensions.ts';
import type { View } from '../view/view.ts';

type Rare = keyof typeof rareDimensions;
const rare = Object.keys(rareDimensions) as Rare[];
const isRare = (dimension: Dimension): dimension is Rare => rare.some((each) => each === dimension);
/** The rare dimensions that the costs of an organization have, or of all. */
type Found = { integration: string | undefined; dimensions: readonly Rare[] };

/**
 * The dimensions that recent costs have, and those that the view names anyhow. While another summary loads, those of
 * the one before: they would come and go.
 */
export function useDimensions(view: View, summary: CostsSummary | undefined): readonly Dimension[] {
  const found = useRef<Found>(undefined);
  if (summary) found.current = addFound(found.current, view.integration, summary.rare_dimensions);
  const has = (dimension: Rare) => found.current?.dimensions.includes(dimension);
  return dimensions.filter(
    (dimension) => !isRare(dimension) || dimension === view.by || dimension in view.filters || has(dimension),
  );
}

/** With what a summary says. It is of a view's filters: what it does not have, others of the same organization may. */
export function addFound(
  before: Found | undefined,
  integration: string | undefined,
  said: CostsSummary['rare_dimensions'],
): Found {
  const known = before?.integration === integration ? before?.dimensions : undefined;
  const says = (dimension: Rare) =>
    said[dimension].some((value) => !rareDimensions[dimension].some((nothing) => nothing === value));
  return { integration, dimensions: rare.filter((dimension) => known?.includes(dimension) || says(dimension)) };
}
