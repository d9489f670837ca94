import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    // The engine and Temporal's native parts want processes of their own, not threads.
    pool: 'forks',
    // Most tests wait for the servers rather than compute: more of them than cores go at once.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default'],
  },
});
