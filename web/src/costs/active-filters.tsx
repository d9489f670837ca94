import { Button } from '@mantine/core';
import { type Dimension, dimensionName, dimensions, labelOf } from './dimensions.ts';
import { type View, withoutFilter } from './view.ts';

type Props = { view: View; names: ReadonlyMap<string, string>; onChange: (view: View) => void };

/** What the view is narrowed to; a click widens it again. */
export function ActiveFilters({ view, names, onChange }: Props) {
  const active = dimensions.filter((dimension) => view.filters[dimension]);
  if (active.length === 0) return null;
  const text = (dimension: Dimension) =>
    (view.filters[dimension] ?? []).map((value) => labelOf(dimension, value, names.get(value))).join(', ');
  return (
    <ul className="filters" aria-label="Filters">
      {active.map((dimension) => (
        <li key={dimension}>
          <Button
            size="compact-sm"
            variant="light"
            rightSection="×"
            aria-label={`Remove the filter ${dimensionName[dimension]}: ${text(dimension)}`}
            onClick={() => onChange(withoutFilter(view, dimension))}
          >
            {dimensionName[dimension]}: {text(dimension)}
          </Button>
        </li>
      ))}
    </ul>
  );
}
