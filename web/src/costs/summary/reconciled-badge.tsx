import { Badge, Button, Popover, Text } from '@mantine/core';
import { useState } from 'react';
import type { IntegrationDay } from '#clickhouse/coverage/integration-days.ts';
import { exactMoney } from '../../ui/format/money.ts';
import { reconcileDays } from './reconcile-days.ts';

type Props = {
  days: readonly IntegrationDay[];
  range: string;
  /** Undefined where there are several, which do not add up. */
  currency: string | undefined;
  isFiltered: boolean;
};

/** Whether the facts of the range add up to OpenAI's own totals, with both. */
export function ReconciledBadge({ days, range, currency, isFiltered }: Props) {
  const [opened, setOpened] = useState(false);
  const found = reconcileDays(days);
  if (!found) return null;
  const agrees = found.differing === 0;
  return (
    <Popover width={320} position="bottom-start" withArrow opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => setOpened(!opened)}
          onKeyDown={({ key }) => key === 'Escape' && setOpened(false)}
          leftSection={<Badge circle size="xs" color={agrees ? 'teal' : 'red'} aria-hidden />}
        >
          {agrees
            ? 'Reconciled with OpenAI'
            : `Differs from OpenAI on ${found.differing === 1 ? 'a day' : `${found.differing} days`}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Reconciliation">
        {currency !== undefined && (
          <dl className="totals">
            <dt>Sum of the facts</dt>
            <dd>{exactMoney(found.ours, currency)}</dd>
            <dt>OpenAI’s own totals</dt>
            <dd>{exactMoney(found.theirs, currency)}</dd>
            <dt>Difference</dt>
            <dd>{exactMoney(found.difference, currency)}</dd>
          </dl>
        )}
        <Text size="xs" c="dimmed">
          Over the {found.days} days of {range} that had ended when they were read.
          {isFiltered && ' Of whole days, without the filters: OpenAI’s totals know none.'}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
