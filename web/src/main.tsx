import './mantine-styles.ts';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { takeToken } from './session/token-storage.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no root');

const token = takeToken();
createRoot(root).render(
  <StrictMode>
    {/* Mantine's own style elements are left out: the page's policy allows nothing inline, and styles.ts has the rest. */}
    <MantineProvider defaultColorScheme="auto" withGlobalClasses={false} withCssVariables={false}>
      <App token={token} />
    </MantineProvider>
  </StrictMode>,
);
