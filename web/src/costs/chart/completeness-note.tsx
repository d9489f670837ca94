import { Text } from '@mantine/core';
import { localTime, longDay } from '../../ui/format/day.ts';
import { describeMissingDays } from '../data/missing-days.ts';
import type { Restatements } from '../data/restatements.ts';
import type { MissingDays } from '../data/view-costs.ts';

type Props = {
  missing: MissingDays;
  readAt: string | null;
  restated: Restatements;
  alerts: number;
  syncedThrough: string | null;
};

/** How complete the chart's data are. */
export function CompletenessNote({ missing, readAt, restated, alerts, syncedThrough }: Props) {
  const read = readAt ? `, read ${localTime(readAt)}` : '';
  const complete = syncedThrough && `Complete through ${longDay(syncedThrough)} (UTC)${read}.`;
  const gaps = describeMissingDays(missing);
  const hatched = gaps && `Hatched days are unknown, not zero: ${gaps}.`;
  const { size } = restated.byDay;
  const changed =
    size > 0 &&
    `${size === 1 ? 'A day was' : `${size} days were`} restated by OpenAI (▼)${restated.inAll && `, ${restated.inAll}`}.`;
  const raised = alerts > 0 && `A diamond marks ${alerts === 1 ? 'an alert' : `${alerts} alerts`}.`;
  return (
    <Text size="sm" c="dimmed" role="status">
      {[complete, hatched, changed, raised].filter(Boolean).join(' ')}
    </Text>
  );
}
