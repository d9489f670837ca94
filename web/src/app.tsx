import { Anchor, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { createApi } from './api/client.ts';
import { ApiContext } from './api/context.ts';
import styles from './app.module.css';
import { CostsPage } from './costs/page/costs-page.tsx';
import { TokenChoice } from './session/token-choice.tsx';
import { TokenGate } from './session/token-gate.tsx';
import type { TabTokens } from './session/token-of-tab.ts';
import { clearToken, storeToken } from './session/token-storage.ts';
import layout from './ui/layout.module.css';
import { Loading } from './ui/loading.tsx';
import { NotFound } from './ui/not-found.tsx';

// The first visit is to the costs: what other pages need is loaded with them.
const ConnectPage = lazy(async () => ({ default: (await import('./connect/connect-page.tsx')).ConnectPage }));
const IntegrationsPage = lazy(async () => ({
  default: (await import('./integrations/integrations-page.tsx')).IntegrationsPage,
}));
const ProgressPage = lazy(async () => ({
  default: (await import('./integrations/progress/progress-page.tsx')).ProgressPage,
}));

/** The form for a token without a valid one, the page of the address with one, a question with two. */
export function App({ tokens }: { tokens: TabTokens }) {
  const [refused, setRefused] = useState(false);
  const [{ token, offered }, setTokens] = useState(tokens);
  if (token && offered) {
    return (
      <TokenChoice
        current={token}
        offered={offered}
        onChoose={(chosen) => {
          storeToken(chosen);
          setTokens({ token: chosen, offered: null });
        }}
      />
    );
  }
  if (!token || refused) return <TokenGate refused={refused} />;
  return (
    <Pages
      token={token}
      onRefused={() => {
        clearToken();
        setRefused(true);
      }}
    />
  );
}

function Pages({ token, onRefused }: { token: string; onRefused: () => void }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: created once per token
  const api = useMemo(() => createApi(token, onRefused), [token]);
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: false } } }));
  return (
    <QueryClientProvider client={client}>
      <ApiContext value={api}>
        <div className={styles.page}>
          <Header />
          <Suspense fallback={<Loading />}>
            <Switch>
              <Route path="/" component={CostsPage} />
              <Route path="/connect" component={ConnectPage} />
              <Route path="/integrations" component={IntegrationsPage} />
              <Route path="/integrations/:id">{({ id }) => <ProgressPage key={id} id={id} />}</Route>
              <Route component={NotFound} />
            </Switch>
          </Suspense>
        </div>
      </ApiContext>
    </QueryClientProvider>
  );
}

function Header() {
  const [path] = useLocation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <header className={`${layout.row} ${styles.header}`}>
      <span className={styles.brand}>Pump · OpenAI costs</span>
      <nav className={layout.row} aria-label="Page">
        <PageLink href="/" label="Costs" isCurrent={path === '/'} />
        <PageLink href="/integrations" label="Integrations" isCurrent={path !== '/'} />
        <Anchor href="/docs" c="var(--mantine-color-text)">
          API
        </Anchor>
      </nav>
      <SegmentedControl
        className={layout.end}
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

function PageLink({ href, label, isCurrent }: { href: string; label: string; isCurrent: boolean }) {
  return (
    <Anchor
      component={Link}
      href={href}
      fw={isCurrent ? 700 : 400}
      c="var(--mantine-color-text)"
      aria-current={isCurrent ? 'page' : undefined}
    >
      {label}
    </Anchor>
  );
}
