import { defineConfig } from 'vitest/config'

/** What every package's tests have in common: no retries, real errors, one place to look for them. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    passWithNoTests: false,
    retry: 0,
    // Ends what hangs; how fast anything is, is the benches' matter, and a busy machine must not fail a test.
    testTimeout: 90_000,
    reporters: ['default', ['json', { outputFile: 'test-results.json' }]],
  },
})
