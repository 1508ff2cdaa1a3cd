import { defineConfig } from 'vitest/config'
import base from './vitest.config.ts'

/** The long suites, which `.ci/full` adds. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['test/full/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    passWithNoTests: true,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
})
