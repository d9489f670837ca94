import { Anchor, Button, NativeSelect, SegmentedControl, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { ALERT_KINDS } from '#domain/alerts/alert.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { ChannelsSection } from '../../channels/channels-section.tsx';
import { useMay } from '../../session/use-session.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { Loading } from '../../ui/loading.tsx';
import { AT_ONCE, ShowMore } from '../../ui/show-more.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { kindName } from '../describe-alert.ts';
import { SHOWN, shownAlerts } from '../select-alerts.ts';
import { useAllAlerts } from '../use-alerts.ts';
import { AlertItem } from './alert-item.tsx';
import styles from './alerts.module.css';
import { UnusualCosts } from './unusual-costs.tsx';

const label = { open: 'Open', acknowledged: 'Acknowledged', all: 'All' };
const NOT_LISTED = 'This alert is not listed: it is of another tenant, or too old.';
const noneOf = {
  open: 'No alert waits for anybody.',
  acknowledged: 'No alert is acknowledged.',
  all: 'No alert was raised.',
};
const NONE_OF_KIND = 'No alert of this kind.';

/** The alerts that were raised, newest first; the address says which of them. */
export function AlertsPage() {
  useTitle('Alerts');
  const { alerts, error } = useAllAlerts();
  const mayChange = useMay('budgets:write');
  const [query, setQuery] = useSearchParams();
  const [most, setMost] = useState(AT_ONCE);
  const [hasSettings, setHasSettings] = useState(false);
  const which = SHOWN.find((each) => each === query.get('show')) ?? 'open';
  const kind = ALERT_KINDS.find((each) => each === query.get('kind'));
  const id = query.get('alert');
  const shown = shownAlerts(alerts ?? [], { which, kind, id });
  const filter = (name: string, value: string) => {
    const others = [...query].filter(([each]) => each !== name && each !== 'alert');
    setQuery(new URLSearchParams(value ? [...others, [name, value]] : others), { replace: true });
    setMost(AT_ONCE);
  };
  return (
    <main>
      <Title order={1} size="h3">
        Alerts
      </Title>
      <div className={layout.row}>
        <SegmentedControl
          size="xs"
          aria-label="Which alerts"
          value={id === null ? which : ''}
          onChange={(value) => filter('show', value)}
          data={SHOWN.map((value) => ({ value, label: label[value] }))}
        />
        <NativeSelect
          size="xs"
          aria-label="Kind"
          value={kind ?? ''}
          onChange={({ currentTarget: { value } }) => filter('kind', value)}
          data={[
            { value: '', label: 'Every kind' },
            ...ALERT_KINDS.map((value) => ({ value, label: kindName[value] })),
          ]}
        />
        {alerts && (
          <Text size="sm" c="dimmed" role="status">
            {shown.length === 1 ? '1 alert' : `${shown.length} alerts`}
          </Text>
        )}
        <Button className={layout.end} size="xs" variant="default" onClick={() => setHasSettings(true)}>
          Unusual costs
        </Button>
        <Dialog opened={hasSettings} onClose={() => setHasSettings(false)} title="When costs are unusual">
          <UnusualCosts mayChange={mayChange} onDone={() => setHasSettings(false)} />
        </Dialog>
      </div>
      {error && <ProblemAlert error={error} />}
      <div className={styles.columns}>
        <div className={styles.alerts}>
          {!alerts && !error && <Loading />}
          {id !== null && (
            <Anchor size="sm" underline="always" component={Link} href="/alerts?show=all">
              All alerts
            </Anchor>
          )}
          {alerts && shown.length === 0 && (
            <EmptyState>
              <Text>{id !== null ? NOT_LISTED : kind ? NONE_OF_KIND : noneOf[which]}</Text>
            </EmptyState>
          )}
          {shown.slice(0, most).map((alert) => (
            <AlertItem key={alert.id} alert={alert} mayChange={mayChange} isLinked={alert.id === id} />
          ))}
          <ShowMore total={shown.length} shown={most} onMore={setMost} />
        </div>
        <ChannelsSection />
      </div>
    </main>
  );
}
