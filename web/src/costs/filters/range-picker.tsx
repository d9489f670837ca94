import { Button, NativeSelect, TextInput } from '@mantine/core';
import { addDays } from '../../../../openai/days.ts';
import { monthName } from '../../format/day.ts';
import { customRange, type Days, monthsUpTo, presets, type RangeText } from '../range.ts';

type Props = {
  range: RangeText;
  days: Days;
  today: string;
  onChange: (range: RangeText) => void;
};

/** The last so many days, a month, or any two days. */
export function RangePicker({ range, days: { from, to }, today, onChange }: Props) {
  const months = monthsUpTo(today, 13);
  const last = addDays(to, -1);
  const choose = (first: string, end: string) => {
    if (first && end && first <= end) onChange(customRange(first, end));
  };
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
      <TextInput
        size="xs"
        type="date"
        aria-label="First day"
        value={from}
        max={last}
        onChange={({ currentTarget: { value } }) => choose(value, last)}
      />
      <TextInput
        size="xs"
        type="date"
        aria-label="Last day"
        value={last}
        min={from}
        max={today}
        onChange={({ currentTarget: { value } }) => choose(from, value)}
      />
    </fieldset>
  );
}
