import './mantine-styles.ts';
import './theme.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { readToken } from './session/token-storage.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const token = readToken();
createRoot(root).render(
  <StrictMode>
    {/* Mantine adds no <style> elements: the page's policy allows nothing inline. mantine-styles.ts replaces them. */}
    <MantineProvider defaultColorScheme="auto" withGlobalClasses={false} withCssVariables={false}>
      <App token={token} />
    </MantineProvider>
  </StrictMode>,
);
