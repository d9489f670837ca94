import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    // Browsers of the last two years. Nothing is inlined: the page's policy allows nothing inline.
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    emptyOutDir: true,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      onLog(level, log, print) {
        // Mantine says "use client", for servers that render.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') print(level, log);
      },
    },
  },
});
