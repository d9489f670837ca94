import { Button } from '@mantine/core';
import layout from '../../ui/layout.module.css';
import { TruncatedName } from '../../ui/truncated-name.tsx';
import { dimensionName, dimensions, labelOf } from '../view/dimensions.ts';
import { toggleFilter, type View } from '../view/view.ts';
import styles from './filters.module.css';

type Props = { view: View; names: ReadonlyMap<string, string>; onChange: (view: View) => void };

/** The filters of the view; a click removes one. */
export function FilterChips({ view, names, onChange }: Props) {
  const chips = dimensions.flatMap((dimension) =>
    (view.filters[dimension] ?? []).map((value) => ({ dimension, value })),
  );
  if (chips.length === 0) return null;
  return (
    <ul className={`${layout.row} ${styles.chips}`} aria-label="Filters">
      {chips.map(({ dimension, value }) => {
        const text = `${dimensionName[dimension]}: ${labelOf(dimension, value, names.get(value))}`;
        return (
          <li key={`${dimension}:${value}`}>
            <Button
              size="compact-sm"
              variant="light"
              rightSection={<span aria-hidden="true">×</span>}
              onClick={() => onChange(toggleFilter(view, dimension, value))}
            >
              <span className={layout.visuallyHidden}>Remove the filter </span>
              <TruncatedName text={text} />
            </Button>
          </li>
        );
      })}
      {chips.length > 1 && (
        <li>
          <Button size="compact-sm" variant="subtle" onClick={() => onChange({ ...view, filters: {} })}>
            Remove all
          </Button>
        </li>
      )}
    </ul>
  );
}
