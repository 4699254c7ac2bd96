import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    retry: 0,
    testTimeout: 60_000,
    hookTimeout: 600_000,
    // The compose way publishes fixed names; two files at once would also measure each other on a small machine.
    fileParallelism: false,
    reporters: ['default', ['json', { outputFile: 'test-results.json' }]],
  },
})
