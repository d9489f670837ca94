import { NativeSelect, SegmentedControl } from '@mantine/core';
import type { DayRange } from '#domain/day.ts';
import layout from '../../ui/layout.module.css';
import { FilterPicker } from '../filters/filter-picker.tsx';
import { RangePicker } from '../filters/range-picker.tsx';
import { CopyLink } from '../saved-views/copy-link.tsx';
import { SavedViews } from '../saved-views/saved-views.tsx';
import { type Dimension, dimensionName } from '../view/dimensions.ts';
import type { Granularity } from '../view/periods.ts';
import type { Comparison } from '../view/range.ts';
import { granularityOf, type View } from '../view/view.ts';

type Props = {
  view: View;
  days: DayRange;
  today: string;
  /** What the costs can be grouped by. */
  dimensions: readonly Dimension[];
  onView: (view: View) => void;
};

/** Chooses the view: its days, what they are grouped and divided by and compared with, and filters. */
export function ViewControls({ view, days, today, dimensions, onView }: Props) {
  return (
    <div className={layout.row}>
      <RangePicker range={view.range} days={days} today={today} onChange={(range) => onView({ ...view, range })} />
      <NativeSelect
        size="xs"
        aria-label="Group by"
        value={view.by}
        onChange={({ currentTarget: { value } }) => onView({ ...view, by: value as Dimension })}
        data={dimensions.map((value) => ({ value, label: `By ${dimensionName[value]}` }))}
      />
      <SegmentedControl
        size="xs"
        aria-label="Divided into"
        value={granularityOf(view, days)}
        onChange={(value) => onView({ ...view, granularity: value as Granularity })}
        data={[
          { value: 'day', label: 'Daily' },
          { value: 'week', label: 'Weekly' },
          { value: 'month', label: 'Monthly' },
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label="Compared with"
        value={view.comparison}
        onChange={({ currentTarget: { value } }) => onView({ ...view, comparison: value as Comparison })}
        data={[
          { value: 'period', label: 'vs period before' },
          { value: 'year', label: 'vs year before' },
        ]}
      />
      <FilterPicker view={view} days={days} onChange={onView} />
      <span className={layout.end}>
        <SavedViews today={today} />
        <CopyLink />
      </span>
    </div>
  );
}
