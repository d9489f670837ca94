import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Compresses the assets once, as far as it goes: a server that compresses each response stops at a fifth more. */
const compressed: Plugin = {
  name: 'compressed',
  writeBundle({ dir = '' }) {
    const assets = join(dir, 'assets');
    for (const name of readdirSync(assets)) {
      writeFileSync(join(assets, `${name}.br`), brotliCompressSync(readFileSync(join(assets, name))));
    }
  },
};

/** What main.ts imports when it runs is loaded beside it, not after it. */
const preloaded: Plugin = {
  name: 'preloaded',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
      const start = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/start.tsx'));
      const needed = chunks.filter((each) => each === start || start?.imports.includes(each.fileName));
      const links = [
        ...needed.flatMap(({ viteMetadata }) =>
          [...(viteMetadata?.importedCss ?? [])].map((name) => ['stylesheet', name]),
        ),
        ...needed.map(({ fileName }) => ['modulepreload', fileName]),
      ];
      return links
        .filter(([, name]) => !html.includes(`/${name}`))
        .map(([rel, name]) => ({ tag: 'link', attrs: { rel, crossorigin: true, href: `/${name}` }, injectTo: 'head' }));
    },
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [compressed, preloaded],
  build: {
    // Browsers of the last two years. Nothing is inlined: the page's policy allows nothing inline.
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    emptyOutDir: true,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // All that main.ts imports is one file: the first requests of the API are sent that much earlier.
      output: {
        codeSplitting: {
          groups: [{ name: 'first', test: /early-responses|first-paths|other-tabs|token-of-tab|preload-helper/ }],
        },
      },
      onLog(level, log, print) {
        // Mantine says "use client", for servers that render.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') print(level, log);
      },
    },
  },
});
