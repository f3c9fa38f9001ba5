import { defineConfig } from 'vitest/config';

/** Beside the code: unit tests, in parallel. With real models or real time: one file after the other. */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['*/**/*.test.ts'],
          exclude: ['node_modules/**', 'dist/**', 'tests/**', '**/*.model.test.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'real',
          globalSetup: ['tests/compile-workers.ts'],
          include: ['tests/**/*.test.ts', '*/**/*.model.test.ts'],
          exclude: ['node_modules/**', 'dist/**'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
