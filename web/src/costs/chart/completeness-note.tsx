import { Text } from '@mantine/core';
import { localTime, longDay } from '../../ui/format/day.ts';
import { describeMissingDays } from '../data/missing-days.ts';
import type { MissingDays } from '../data/view-costs.ts';

type Props = {
  missing: MissingDays;
  readAt: string | null;
  restatedDays: number;
  alerts: number;
  syncedThrough: string | null;
};

/** How complete the chart's data are. */
export function CompletenessNote({ missing, readAt, restatedDays, alerts, syncedThrough }: Props) {
  const read = readAt ? `, read ${localTime(readAt)}` : '';
  const complete = syncedThrough && `Complete through ${longDay(syncedThrough)} (UTC)${read}.`;
  const gaps = describeMissingDays(missing);
  const hatched = gaps && `Hatched days are unknown, not zero: ${gaps}.`;
  const restated =
    restatedDays > 0 && `${restatedDays === 1 ? 'A day was' : `${restatedDays} days were`} restated by OpenAI (▼).`;
  const raised = alerts > 0 && `A diamond marks ${alerts === 1 ? 'an alert' : `${alerts} alerts`}.`;
  return (
    <Text size="sm" c="dimmed" role="status">
      {[complete, hatched, restated, raised].filter(Boolean).join(' ')}
    </Text>
  );
}
