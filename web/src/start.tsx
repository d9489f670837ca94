import './mantine-styles.ts';
import './theme.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import type { TabTokens } from './session/token-of-tab.ts';
import { copyExact } from './ui/copy-exact.ts';

/** Displays the page. */
export function start(tokens: TabTokens): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  document.addEventListener('copy', copyExact);
  createRoot(root).render(
    <StrictMode>
      {/* Mantine adds no <style> elements: the page's policy allows nothing inline. mantine-styles.ts replaces them. */}
      <MantineProvider defaultColorScheme="auto" withGlobalClasses={false} withCssVariables={false}>
        <App tokens={tokens} />
      </MantineProvider>
    </StrictMode>,
  );
}
