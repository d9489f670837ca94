import { TextInput } from '@mantine/core';
import { useRef, useState } from 'react';

type Props = {
  label: string;
  day: string;
  min: string;
  max: string;
  /** What is wrong with a day before `min`, and with one after `max`. */
  tooEarly: string;
  tooLate: string;
  onChange: (day: string) => void;
};

/**
 * A date field. A typed date takes effect on Enter or when the field is left, a picked one at once. One that cannot be
 * stays in the field, which says why.
 */
export function DayField({ label, day, min, max, tooEarly, tooLate, onChange }: Props) {
  const [draft, setDraft] = useState({ of: day, text: day, problem: '' });
  // While a date is typed, the field holds incomplete ones, such as the year 2.
  const isTyped = useRef(false);
  function settle({ value, validity }: HTMLInputElement) {
    const problem = validity.rangeUnderflow ? tooEarly : validity.rangeOverflow ? tooLate : '';
    setDraft({ of: day, text: problem ? value : day, problem });
    if (value && value !== day && validity.valid) onChange(value);
  }
  const isDraft = draft.of === day;
  return (
    <TextInput
      size="xs"
      type="date"
      aria-label={label}
      value={isDraft ? draft.text : day}
      error={isDraft && draft.problem}
      min={min}
      max={max}
      onPointerDown={() => {
        isTyped.current = false;
      }}
      onKeyDown={({ key, currentTarget }) => {
        isTyped.current = true;
        if (key === 'Enter') settle(currentTarget);
      }}
      onChange={({ currentTarget }) => {
        const text = currentTarget.value;
        if (isTyped.current || !currentTarget.validity.valid) setDraft({ of: day, text, problem: '' });
        else settle(currentTarget);
      }}
      onBlur={({ currentTarget }) => settle(currentTarget)}
    />
  );
}
