import { SegmentedControl } from '@mantine/core';
import { useEffect } from 'react';
import { addDays, today } from '#domain/day.ts';
import { ApiError } from '../../api/client.ts';
import { useJson } from '../../api/use-fetch.ts';
import { type DimensionValues, dimensionPath } from '../data/paths.ts';

/** The longest range of the page. */
const DAYS = 3 * 365;

export const isMixed = (error: unknown) => error instanceof ApiError && error.problem.code === 'mixed_currencies';

type Props = {
  currency: string | undefined;
  /** That of the costs; null if they have none, undefined while they load. */
  ofCosts: string | null | undefined;
  onChange: (currency: string, how?: { replace: boolean }) => void;
};

/**
 * Chooses one of several currencies, which cannot be summed. Without a choice it selects that of the costs, which may
 * be in one where the month or the comparison is in several; else US dollars, if there are any.
 */
export function CurrencySwitch({ currency, ofCosts, onChange }: Props) {
  const days = { from: addDays(today(), -DAYS), to: addDays(today(), 1) };
  const { data } = useJson<DimensionValues>(dimensionPath('currency', days, { limit: 20 }));
  const currencies = data?.data.map(({ value }) => value) ?? [];
  const first = [ofCosts, 'usd'].find((each) => each && currencies.includes(each)) ?? currencies[0];
  useEffect(() => {
    if (currency === undefined && ofCosts !== undefined && first) onChange(first, { replace: true });
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
