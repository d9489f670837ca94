import { Anchor, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import { SWRConfig } from 'swr';
import { Link, Route, Switch, useLocation } from 'wouter';
import { createAsk } from './api/client.ts';
import { AskContext } from './api/context.ts';
import { askAgainSoon } from './api/retry.ts';
import { ConnectPage } from './connect/connect-page.tsx';
import { CostsPage } from './costs/page/costs-page.tsx';
import { IntegrationsPage } from './integrations/integrations-page.tsx';
import { ProgressPage } from './integrations/progress/progress-page.tsx';
import { TokenGate } from './session/token-gate.tsx';
import { forgetToken } from './session/token-storage.ts';
import { NothingHere } from './ui/not-found.tsx';

/** The page: nothing without a token, and what the address says with one. */
export function App({ token }: { token: string | null }) {
  const [refused, setRefused] = useState(false);
  if (!token || refused) return <TokenGate refused={refused} />;
  return (
    <Signed
      token={token}
      onRefused={() => {
        forgetToken();
        setRefused(true);
      }}
    />
  );
}

function Signed({ token, onRefused }: { token: string; onRefused: () => void }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once for a token
  const ask = useMemo(() => createAsk(token, onRefused), [token]);
  return (
    <SWRConfig value={{ use: [askAgainSoon], shouldRetryOnError: false }}>
      <AskContext value={ask}>
        <div className="shell">
          <Head />
          <Switch>
            <Route path="/" component={CostsPage} />
            <Route path="/connect" component={ConnectPage} />
            <Route path="/integrations" component={IntegrationsPage} />
            <Route path="/integrations/:id">{({ id }) => <ProgressPage key={id} id={id} />}</Route>
            <Route component={NothingHere} />
          </Switch>
        </div>
      </AskContext>
    </SWRConfig>
  );
}

function Head() {
  const [path] = useLocation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const link = (href: string, label: string, here: boolean) => (
    <Anchor
      component={Link}
      href={href}
      fw={here ? 700 : 400}
      c="var(--mantine-color-text)"
      aria-current={here ? 'page' : undefined}
    >
      {label}
    </Anchor>
  );
  return (
    <header className="row head">
      <span className="brand">Pump · OpenAI costs</span>
      <nav className="row" aria-label="Page">
        {link('/', 'Costs', path === '/')}
        {link('/integrations', 'Integrations', path !== '/')}
      </nav>
      <SegmentedControl
        className="end"
        size="xs"
        aria-label="Colours"
        value={colorScheme}
        onChange={(value) => setColorScheme(value as typeof colorScheme)}
        data={[
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
          { value: 'auto', label: 'Auto' },
        ]}
      />
    </header>
  );
}
