import { Text } from '@mantine/core';
import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import { causeTables } from '#domain/causes/tables.ts';
import styles from './alerts.module.css';

/** What explains the costs of an alert: how much has which reason, and what changed most. */
export function AlertCauses({
  causes,
  currency,
  isOpen,
}: Pick<AlertView, 'causes' | 'currency'> & { isOpen: boolean }) {
  if (!causes) return null;
  return (
    <details open={isOpen}>
      <summary>What explains it</summary>
      {causeTables(causes, currency ?? 'usd').map(({ title, rows }) => (
        <table key={title} className={styles.causes}>
          <caption>{title}</caption>
          <tbody>
            {rows.map(([what, money]) => (
              <tr key={what}>
                <Text component="th" scope="row" size="sm">
                  {what}
                </Text>
                <Text component="td" size="sm">
                  {money}
                </Text>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </details>
  );
}
