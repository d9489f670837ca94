import { Button, NativeSelect } from '@mantine/core';
import { addDays, type DayRange } from '#domain/day.ts';
import { monthName } from '../../ui/format/day.ts';
import { customRange, monthsUpTo, presets, type RangeText } from '../view/range.ts';
import { DayField } from './day-field.tsx';

/** So far is the first day from the last one at most: the API answers of three years at once. */
const LONGEST = 1095;

type Props = {
  range: RangeText;
  days: DayRange;
  today: string;
  onChange: (range: RangeText) => void;
};

/** The last so many days, a month, or any two days. */
export function RangePicker({ range, days: { from, to }, today, onChange }: Props) {
  const months = monthsUpTo(today, 13);
  const last = addDays(to, -1);
  return (
    <fieldset className="toolbar">
      <legend className="visually-hidden">Range</legend>
      <div className="buttons">
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
        onChange={(end) => onChange(customRange(laterOf(from, addDays(end, -LONGEST)), end))}
      />
    </fieldset>
  );
}

const laterOf = (a: string, b: string) => (a > b ? a : b);
