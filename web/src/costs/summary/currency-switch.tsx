import { SegmentedControl } from '@mantine/core';
import { useEffect } from 'react';
import { addDays, today } from '#domain/day.ts';
import { ApiError } from '../../api/client.ts';
import { useJson } from '../../api/use-fetch.ts';
import { type DimensionValues, dimensionPath } from '../data/paths.ts';

/** The longest range of the page. */
const DAYS = 3 * 365;

export const isMixed = (error: unknown) => error instanceof ApiError && error.problem.code === 'mixed_currencies';

type Props = { currency: string | undefined; onChange: (currency: string, how?: { replace: boolean }) => void };

/** Chooses one of several currencies, which cannot be summed. Without a choice it selects US dollars, if there are any. */
export function CurrencySwitch({ currency, onChange }: Props) {
  const days = { from: addDays(today(), -DAYS), to: addDays(today(), 1) };
  const { data } = useJson<DimensionValues>(dimensionPath('currency', days, { limit: 20 }));
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
