import { Badge, Button, Popover, Text } from '@mantine/core';
import { useState } from 'react';
import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import { shortDay } from '../../ui/format/day.ts';
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

/** Whether the facts of the range add up to OpenAI's own totals; a click shows both sums. */
export function ReconciledBadge({ days, range, currency, isFiltered, staleSince }: Props) {
  const [opened, setOpened] = useState(false);
  const result = reconcileDays(days ?? []);
  if (!days) return <span className={styles.toCome}>{AGREES}</span>;
  if (!result) return null;
  const agrees = result.differing === 0;
  return (
    <Popover width={320} position="bottom-start" withArrow opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => setOpened(!opened)}
          onKeyDown={({ key }) => key === 'Escape' && setOpened(false)}
          leftSection={
            <Badge circle size="xs" color={!agrees ? 'red' : staleSince === undefined ? 'teal' : 'gray'} aria-hidden />
          }
        >
          {agrees
            ? `${AGREES}${staleSince ? `, as of ${shortDay(staleSince)}` : ''}`
            : `Differs from OpenAI on ${result.differing === 1 ? 'a day' : `${result.differing} days`}`}
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
        <Text size="xs" c="dimmed">
          Over the {result.days} days of {range} that had ended when they were read.
          {isFiltered && ' These are whole days, without the filters: OpenAI’s totals cannot be filtered.'}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
