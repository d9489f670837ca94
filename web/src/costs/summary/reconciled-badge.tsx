import { Badge, Button, Popover, Text } from '@mantine/core';
import { useState } from 'react';
import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import { longDay, shortDay } from '../../ui/format/day.ts';
import { exactMoney } from '../../ui/format/money.ts';
import { reconcileDays } from './reconcile-days.ts';
import styles from './summary.module.css';

type Props = {
  /** Undefined while they are not known. */
  days: readonly IntegrationDay[] | undefined;
  range: string;
  /** Undefined for several currencies, which cannot be summed. */
  currency: string | undefined;
  isFiltered: boolean;
  /** The newest complete day while nothing new arrives; undefined while it does. */
  staleSince: string | null | undefined;
};

const AGREES = 'Reconciled with OpenAI';
const MOST_DAYS = 5;

/** Whether the facts of the range add up to OpenAI's own totals; a click shows both sums. */
export function ReconciledBadge({ days, range, currency, isFiltered, staleSince }: Props) {
  const [opened, setOpened] = useState(false);
  const result = reconcileDays(days ?? []);
  if (!days) return <span className={styles.toCome}>{AGREES}</span>;
  if (!result) return null;
  const { differing } = result;
  const agrees = differing.length === 0;
  const named = [
    ...differing.slice(0, MOST_DAYS).map(longDay),
    ...(differing.length > MOST_DAYS ? [`${differing.length - MOST_DAYS} more`] : []),
  ];
  return (
    <Popover width={320} position="bottom-start" withArrow opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant={agrees ? 'default' : 'outline'}
          {...(!agrees && { color: 'red' })}
          onClick={() => setOpened(!opened)}
          onKeyDown={({ key }) => key === 'Escape' && setOpened(false)}
          leftSection={
            <Badge
              circle
              size="xs"
              color={!agrees ? 'red' : staleSince === undefined ? 'teal' : 'orange'}
              aria-hidden
            />
          }
        >
          {agrees
            ? `${AGREES}${staleSince ? `, as of ${shortDay(staleSince)}` : ''}`
            : `Differs from OpenAI on ${differing.length === 1 ? 'a day' : `${differing.length} days`}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Reconciliation">
        {currency !== undefined && result.sums && (
          <dl className={styles.totals}>
            <dt>Sum of the facts</dt>
            <dd>{exactMoney(result.sums.ours, currency)}</dd>
            <dt>OpenAI’s own totals</dt>
            <dd>{exactMoney(result.sums.theirs, currency)}</dd>
            <dt>Difference</dt>
            <dd>{exactMoney(result.sums.difference, currency)}</dd>
          </dl>
        )}
        {!agrees && (
          <Text size="sm" mb="xs">
            {new Intl.ListFormat('en').format(named)} {differing.length === 1 ? 'differs' : 'differ'}. They are read
            again daily until they agree.
          </Text>
        )}
        <Text size="xs" c="dimmed">
          Over the {result.days} days of {range} that had ended when they were read.
          {isFiltered && ' These are whole days, without the filters: OpenAI’s totals cannot be filtered.'}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
