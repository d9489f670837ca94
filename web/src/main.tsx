import './mantine-styles.ts';
import './theme.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { answerOtherTabs } from './session/other-tabs.ts';
import { tokenOfTab } from './session/token-of-tab.ts';
import { reloadAtToken } from './session/token-storage.ts';
import { copyExact } from './ui/copy-exact.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

reloadAtToken();
const tokens = await tokenOfTab();
answerOtherTabs();
document.addEventListener('copy', copyExact);
createRoot(root).render(
  <StrictMode>
    {/* Mantine adds no <style> elements: the page's policy allows nothing inline. mantine-styles.ts replaces them. */}
    <MantineProvider defaultColorScheme="auto" withGlobalClasses={false} withCssVariables={false}>
      <App tokens={tokens} />
    </MantineProvider>
  </StrictMode>,
);
