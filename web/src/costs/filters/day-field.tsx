import { TextInput } from '@mantine/core';
import { useRef, useState } from 'react';

type Props = { label: string; day: string; min: string; max: string; onChange: (day: string) => void };

/** A date field. A typed date takes effect on Enter or when the field is left, a picked one at once. */
export function DayField({ label, day, min, max, onChange }: Props) {
  const [draft, setDraft] = useState({ of: day, text: day });
  // While a date is typed, the field holds incomplete ones, such as the year 2.
  const isTyped = useRef(false);
  function settle({ value, validity }: HTMLInputElement) {
    setDraft({ of: day, text: day });
    if (value && value !== day && validity.valid) onChange(value);
  }
  return (
    <TextInput
      size="xs"
      type="date"
      aria-label={label}
      value={draft.of === day ? draft.text : day}
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
        if (isTyped.current || !currentTarget.validity.valid) setDraft({ of: day, text: currentTarget.value });
        else settle(currentTarget);
      }}
      onBlur={({ currentTarget }) => settle(currentTarget)}
    />
  );
}
