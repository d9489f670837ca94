import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    // The engine and Temporal's native parts want processes of their own, not threads.
    pool: 'forks',
    // Most tests wait for the servers rather than compute: more of them than cores go at once.
    maxWorkers: 3,
    // Limits are for what hangs: a machine that is busy with other work may take its time.
    testTimeout: 240_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000, interval: 100 } },
    reporters: ['default'],
  },
});
