import { Badge, Button, Popover, Text } from '@mantine/core';
import type { IntegrationView } from '../../../api/integration-view.ts';
import { exactMoney } from '../format/money.ts';

/** Whether the facts add up to OpenAI's own totals, with both. */
export function ReconciledBadge({ integrations, currency }: { integrations: IntegrationView[]; currency: string }) {
  const known = integrations.filter(({ reconciliation }) => reconciliation.agrees !== null);
  if (known.length === 0) return null;
  const agrees = known.every(({ reconciliation }) => reconciliation.agrees);
  return (
    <Popover width={340} position="bottom-start" withArrow>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Badge circle color={agrees ? 'teal' : 'red'} aria-hidden />}
        >
          {agrees ? 'Reconciled with OpenAI' : 'Differs from OpenAI'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {known.map(({ id, organization, reconciliation: { ours, theirs, difference } }) => (
          <dl key={id} className="totals">
            <dt>{organization.name}: sum of the facts</dt>
            <dd>{exactMoney(ours, currency)}</dd>
            <dt>OpenAI’s own totals</dt>
            <dd>{exactMoney(theirs, currency)}</dd>
            <dt>Difference</dt>
            <dd>{exactMoney(difference, currency)}</dd>
          </dl>
        ))}
        <Text size="xs" c="dimmed">
          Over all days that were read. Today still moves between two readings.
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
