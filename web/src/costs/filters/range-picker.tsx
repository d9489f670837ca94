import { Button, NativeSelect } from '@mantine/core';
import { addDays, type DayRange, laterDay } from '#domain/day.ts';
import { monthName } from '../../ui/format/day.ts';
import layout from '../../ui/layout.module.css';
import { customRange, monthsUpTo, presets, type RangeText } from '../view/range.ts';
import { DayField } from './day-field.tsx';
import styles from './filters.module.css';

/** The longest range, in days: the API accepts three years. */
const LONGEST = 1095;

type Props = {
  range: RangeText;
  days: DayRange;
  today: string;
  onChange: (range: RangeText) => void;
};

/** Presets, months, and a first and last day. */
export function RangePicker({ range, days: { from, to }, today, onChange }: Props) {
  const months = monthsUpTo(today, 13);
  const last = addDays(to, -1);
  return (
    <fieldset className={`${layout.row} ${styles.range}`}>
      <legend className={layout.visuallyHidden}>Range</legend>
      <div className={styles.presets}>
        {presets.map((preset) => (
          <Button
            key={preset}
            size="xs"
            variant={range === `${preset}d` ? 'filled' : 'default'}
            aria-pressed={range === `${preset}d`}
            onClick={() => onChange(`${preset}d`)}
          >
            {preset} days
          </Button>
        ))}
        {months.slice(0, 2).map((month, ago) => (
          <Button
            key={month}
            size="xs"
            variant={range === month ? 'filled' : 'default'}
            aria-pressed={range === month}
            onClick={() => onChange(month)}
          >
            {ago === 0 ? 'This month' : 'Last month'}
          </Button>
        ))}
      </div>
      <NativeSelect
        size="xs"
        aria-label="Month"
        value={months.includes(range) ? range : ''}
        onChange={({ currentTarget: { value } }) => value && onChange(value)}
        data={[{ value: '', label: 'Month …' }, ...months.map((value) => ({ value, label: monthName(value) }))]}
      />
      <DayField
        label="First day"
        day={from}
        min={addDays(last, -LONGEST)}
        max={last}
        onChange={(first) => onChange(customRange(first, last))}
      />
      <DayField
        label="Last day"
        day={last}
        min={from}
        max={today}
        onChange={(end) => onChange(customRange(laterDay(from, addDays(end, -LONGEST)), end))}
      />
    </fieldset>
  );
}
