import { Text } from '@mantine/core';
import { longDay } from '../../ui/format/day.ts';
import { type UnknownDays, unknownInWords } from '../data/missing-days.ts';

type Props = { unknown: UnknownDays; restated: number; syncedThrough: string | null };

/** How far the chart can be trusted, in words. */
export function Notes({ unknown, restated, syncedThrough }: Props) {
  const through = syncedThrough && `Complete through ${longDay(syncedThrough)}.`;
  const gaps = unknownInWords(unknown);
  const hatched = gaps && `Hatched, since not known, which is not zero: ${gaps}.`;
  const changed = restated > 0 && `${restated === 1 ? 'A day was' : `${restated} days were`} restated by OpenAI (▼).`;
  return (
    <Text size="sm" c="dimmed" role="status">
      {[through, hatched, changed].filter(Boolean).join(' ')}
    </Text>
  );
}
