import { Anchor, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { OpenAlertCount } from './alerts/open-alert-count.tsx';
import { createApi } from './api/client.ts';
import { ApiContext } from './api/context.ts';
import styles from './app.module.css';
import { CostsPage } from './costs/page/costs-page.tsx';
import { askOtherTabs } from './session/other-tabs.ts';
import { TenantName } from './session/tenant-name.tsx';
import { TokenChoice } from './session/token-choice.tsx';
import { TokenGate } from './session/token-gate.tsx';
import type { TabTokens } from './session/token-of-tab.ts';
import { clearToken, storeToken } from './session/token-storage.ts';
import layout from './ui/layout.module.css';
import { Loading } from './ui/loading.tsx';

// The costs come first: what the other pages need is loaded when one of them is visited.
const OtherPages = lazy(() => import('./other-pages.tsx'));

/** The form for a token without a valid one, the page of the address with one, a question with two. */
export function App({ tokens }: { tokens: TabTokens }) {
  const [refused, setRefused] = useState<string>();
  const [{ token, offered, isOfLink }, setTokens] = useState(tokens);
  // A tab that was too busy to answer at once still says that another token is in use.
  useEffect(() => {
    if (!isOfLink) return;
    return askOtherTabs((inUse) => {
      if (inUse === token) return;
      storeToken(inUse);
      setTokens({ token: inUse, offered: token, isOfLink: false });
    });
  }, [token, isOfLink]);
  if (token && offered) {
    return (
      <TokenChoice
        current={token}
        offered={offered}
        onChoose={(chosen) => {
          storeToken(chosen);
          setTokens({ token: chosen, offered: null, isOfLink: false });
        }}
      />
    );
  }
  if (!token || refused === token) return <TokenGate refused={refused !== undefined} />;
  return (
    <Pages
      token={token}
      onRefused={() => {
        clearToken();
        setRefused(token);
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
              <Route component={OtherPages} />
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
        <PageLink href="/budgets" label="Budgets" isCurrent={path === '/budgets'} />
        <PageLink href="/alerts" label="Alerts" isCurrent={path === '/alerts'}>
          <OpenAlertCount />
        </PageLink>
        <PageLink href="/integrations" label="Integrations" isCurrent={/^\/(integrations|connect)/.test(path)} />
        <Anchor href="/docs" c="var(--mantine-color-text)">
          API
        </Anchor>
      </nav>
      <TenantName />
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

type PageLinkProps = { href: string; label: string; isCurrent: boolean; children?: ReactNode };

function PageLink({ href, label, isCurrent, children }: PageLinkProps) {
  return (
    <Anchor
      component={Link}
      href={href}
      fw={isCurrent ? 700 : 400}
      c="var(--mantine-color-text)"
      aria-current={isCurrent ? 'page' : undefined}
    >
      {label}
      {children}
    </Anchor>
  );
}
