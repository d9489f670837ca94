import { Badge, Button, Popover, Text } from '@mantine/core';
import { useState } from 'react';
import type { RangeReconciliation } from '#api/routes/reconciliation/get-reconciliation.ts';
import { longDay, shortDay } from '../../ui/format/day.ts';
import { exactMoney } from '../../ui/format/money.ts';
import styles from './summary.module.css';

type Props = {
  /** Undefined while it loads, null where it could not be loaded. */
  reconciled: RangeReconciliation | null | undefined;
  range: string;
  isFiltered: boolean;
  /** The newest complete day while nothing new arrives; undefined while it does. */
  staleSince: string | null | undefined;
};

const AGREES = 'Reconciled with OpenAI';
const MOST_DAYS = 5;

/** Whether the facts of the range add up to OpenAI's own totals; a click shows both sums. */
export function ReconciledBadge({ reconciled, range, isFiltered, staleSince }: Props) {
  const [opened, setOpened] = useState(false);
  if (reconciled === undefined) return <span className={styles.toCome}>{AGREES}</span>;
  if (!reconciled?.compared_days) return null;
  const { compared_days, reconciliation } = reconciled;
  const differing = [...new Set(reconciled.differences.map(({ day }) => day))].toSorted();
  const count = reconciliation.differing_days;
  const agrees = count === 0;
  const named = [
    ...differing.slice(0, MOST_DAYS).map(longDay),
    ...(count > MOST_DAYS ? [`${count - MOST_DAYS} more`] : []),
  ];
  return (
    <Popover width={320} position="bottom-start" withArrow opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button
          size="compact-sm"
          classNames={{ root: styles.badge, label: styles.badgeText }}
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
            : `Differs from OpenAI on ${count === 1 ? 'a day' : `${count} days`}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Reconciliation">
        {reconciliation.by_currency.map(({ currency, ours, theirs, difference }) => (
          <dl key={currency} className={styles.totals}>
            <dt>Sum of the facts</dt>
            <dd>{exactMoney(ours, currency)}</dd>
            <dt>OpenAI’s own totals</dt>
            <dd>{exactMoney(theirs, currency)}</dd>
            <dt>Difference</dt>
            <dd>{exactMoney(difference, currency)}</dd>
          </dl>
        ))}
        {!agrees && (
          <Text size="sm" mb="xs">
            {new Intl.ListFormat('en').format(named)} {count === 1 ? 'differs' : 'differ'}. They are read again daily
            until they agree.
          </Text>
        )}
        <Text size="xs" c="dimmed">
          Over the {compared_days} days of {range} that had ended when they were read.
          {isFiltered && ' These are whole days, without the filters: OpenAI’s totals cannot be filtered.'}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
