import { defineConfig } from 'vitest/config'

/** What every package's tests have in common: no retries, real errors, one place to look for them. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    passWithNoTests: false,
    retry: 0,
    testTimeout: 20_000,
    reporters: ['default', ['json', { outputFile: 'test-results.json' }]],
  },
})
