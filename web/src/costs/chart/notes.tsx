import { Text } from '@mantine/core';
import { longDay } from '../../format/day.ts';

type Props = { missing: readonly string[]; restated: number; syncedThrough: string | null };

/** How far the chart can be trusted, in words. */
export function Notes({ missing, restated, syncedThrough }: Props) {
  const through = syncedThrough && `Complete through ${longDay(syncedThrough)}.`;
  const [first] = missing;
  const gaps =
    first &&
    `${missing.length === 1 ? `${longDay(first)} is` : `${missing.length} days are`} missing and hatched: not read yet, which is not zero.`;
  const changed = restated > 0 && `${restated === 1 ? 'A day was' : `${restated} days were`} restated by OpenAI (▼).`;
  return (
    <Text size="sm" c="dimmed" role="status">
      {[through, gaps, changed].filter(Boolean).join(' ')}
    </Text>
  );
}
