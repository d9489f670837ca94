import { Text, Title } from '@mantine/core';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import type { Limits } from '#api/routes/limits/list-limits.ts';
import { describeLimits, describeUnknown } from './describe-limits.ts';
import styles from './spend-limits.module.css';

const MOST = 2;

export type SpendLimitsProps = {
  /** Undefined while they load, or where they could not be loaded. */
  limits: Limits['data'] | undefined;
  error: Error | undefined;
  /** All of the tenant, which names are told apart from. */
  integrations: readonly IntegrationView[];
};

/** OpenAI's limits of the month: how much of each is spent, and when it will be reached. It keeps its room free. */
export function SpendLimits({ limits, error, integrations }: SpendLimitsProps) {
  const { described, unknown } = describeLimits(limits ?? [], integrations);
  const others = described.slice(MOST);
  const whyUnknown = describeUnknown(unknown, limits?.length ?? 0);
  return (
    <div className={styles.limits}>
      <Title order={2} size="h6">
        OpenAI’s spend limits
      </Title>
      <ul className={styles.list}>
        {described.slice(0, MOST).map(({ key, text, readOn, isNear }) => (
          <li key={key} title={readOn} data-near={isNear || undefined}>
            {text}
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <details>
          <summary>{others.length === 1 ? 'One more' : `${others.length} more`}</summary>
          <ul className={styles.list}>
            {others.map(({ key, text, readOn }) => (
              <li key={key} title={readOn}>
                {text}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Text size="sm" c="dimmed">
        {!limits && error && 'They could not be loaded.'}
        {limits && limits.length > 0 && described.length + unknown.length === 0 && 'No spend limit is set at OpenAI.'}{' '}
        {whyUnknown}
      </Text>
    </div>
  );
}
