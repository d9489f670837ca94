import { SegmentedControl } from '@mantine/core';
import { useEffect } from 'react';
import { addDays, today } from '#domain/day.ts';
import { AskError } from '../../api/client.ts';
import { useAnswer } from '../../api/use-query.ts';
import { type DimensionValues, valuesPath } from '../data/paths.ts';

/** As long a past as the longest range and the one before it. */
const DAYS = 2 * 365;

export const isMixed = (error: unknown) => error instanceof AskError && error.problem.code === 'mixed_currencies';

type Props = { currency: string | undefined; onChange: (currency: string, how?: { replace: boolean }) => void };

/** For costs in several currencies, which do not add up: one of them is looked at, dollars first, in which OpenAI bills. */
export function CurrencySwitch({ currency, onChange }: Props) {
  const days = { from: addDays(today(), -DAYS), to: addDays(today(), 1) };
  const { data } = useAnswer<DimensionValues>(valuesPath('currency', days, { limit: 20 }));
  const currencies = data?.data.map(({ value }) => value) ?? [];
  const first = currencies.includes('usd') ? 'usd' : currencies[0];
  useEffect(() => {
    if (currency === undefined && first) onChange(first, { replace: true });
  });
  return (
    <SegmentedControl
      size="xs"
      aria-label="Currency"
      value={currency ?? ''}
      onChange={(value) => onChange(value)}
      data={currencies.map((value) => ({ value, label: value.toUpperCase() }))}
    />
  );
}
