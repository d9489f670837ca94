import { Paper, Text, Title } from '@mantine/core';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import type { Limits } from '#api/routes/limits/list-limits.ts';
import { useJson } from '../api/use-fetch.ts';
import { distinctName } from '../integrations/organization-name.ts';
import { longDay } from '../ui/format/day.ts';
import { exactMoney, roundMoney } from '../ui/format/money.ts';
import styles from './spend-limits.module.css';

type Limit = Limits['data'][number]['limits'][number];

/** OpenAI's limits of the month: how much of each is spent, and when it will be reached. */
export function SpendLimits({ integrations }: { integrations: readonly IntegrationView[] }) {
  const nameOf = (id: string) => {
    const integration = integrations.find((each) => each.id === id);
    return integration && distinctName(integration, integrations);
  };
  const { data: limits } = useJson<Limits>('/v1/limits');
  const read = limits?.data.filter(({ read_on }) => read_on !== null) ?? [];
  if (read.length === 0) return null;
  const limited = read.filter(({ limits }) => limits.length > 0);
  if (limited.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {read.some(({ is_readable }) => is_readable)
          ? 'No spend limit is set at OpenAI.'
          : 'Spend limits are unknown: the key may not read them.'}
      </Text>
    );
  }
  return (
    <Paper withBorder p="sm" radius="md" component="section" aria-labelledby="spend-limits">
      <Title order={2} size="h5" id="spend-limits">
        Spend limits
      </Title>
      <ul className={styles.limits}>
        {limited.flatMap(({ integration_id, read_on, limits }) =>
          limits.map((limit, index) => (
            <li key={`${integration_id} ${String(index)}`}>
              <Text size="sm" title={`Read on ${longDay(read_on ?? '')}`}>
                {limit.project_name ?? nameOf(integration_id)}: {titleOf(limit)}. {limit.summary}
              </Text>
            </li>
          )),
        )}
      </ul>
    </Paper>
  );
}

function titleOf({ kind, amount, currency, interval, spent, spent_percent }: Limit): string {
  const name = kind === 'hard_limit' ? 'hard limit' : 'alert at';
  const used = spent === null ? '' : `, ${roundMoney(spent, currency)} (${spent_percent ?? '0'} %) spent`;
  return `${name} ${exactMoney(amount, currency)} a ${interval}${used}`;
}
