import { NativeSelect, Text } from '@mantine/core';
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

/** Months and presets in one menu, and a first and last day. */
export function RangePicker({ range, days: { from, to }, today, onChange }: Props) {
  const months = monthsUpTo(today, 13);
  const last = addDays(to, -1);
  const isCustom = range.includes('..') || (range.length === 7 && !months.includes(range));
  return (
    <fieldset className={`${layout.row} ${styles.range}`}>
      <legend className={layout.visuallyHidden}>Range</legend>
      <NativeSelect
        size="xs"
        aria-label="Range of days"
        value={isCustom ? '' : range}
        onChange={({ currentTarget: { value } }) => value && onChange(value)}
        data={[
          ...(isCustom ? [{ value: '', label: 'Other days' }] : []),
          ...months
            .slice(0, 2)
            .map((value, ago) => ({ value, label: `${ago ? 'Last' : 'This'} month: ${monthName(value)}` })),
          ...presets.map((days) => ({ value: `${days}d`, label: `${days} days` })),
          ...months.slice(2).map((value) => ({ value, label: monthName(value) })),
        ]}
      />
      <DayField
        label="First day"
        day={from}
        min={addDays(last, -LONGEST)}
        max={last}
        tooEarly="More than three years"
        tooLate="After the last day"
        onChange={(first) => onChange(customRange(first, last))}
      />
      <DayField
        label="Last day"
        day={last}
        min={from}
        max={today}
        tooEarly="Before the first day"
        tooLate="In the future"
        onChange={(end) => onChange(customRange(laterDay(from, addDays(end, -LONGEST)), end))}
      />
      <Text size="xs" c="dimmed">
        UTC
      </Text>
    </fieldset>
  );
}
