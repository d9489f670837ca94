import { Badge } from '@mantine/core';
import { useDeferredValue } from 'react';
import layout from '../ui/layout.module.css';
import styles from './open-alert-count.module.css';
import { openAlerts } from './select-alerts.ts';
import { useAlerts } from './use-alerts.ts';

const MOST = 99;

/** How many alerts wait for somebody, for the header. It is asked for after what the page itself asks for. */
export function OpenAlertCount() {
  const { alerts } = useAlerts(useDeferredValue(true, false));
  const open = openAlerts(alerts ?? []).length;
  return (
    <span className={styles.count}>
      {open > 0 && (
        <>
          <Badge size="sm" px={5} color="red">
            {open > MOST ? `${MOST}+` : open}
          </Badge>
          <span className={layout.visuallyHidden}> open</span>
        </>
      )}
    </span>
  );
}
