import { defineConfig } from 'vitest/config'

const fromSource = { conditions: ['@squall/source'] }

/** For trials of minutes in a namespace of their own. */
export default defineConfig({
  resolve: fromSource,
  ssr: { resolve: fromSource },
  test: { include: ['**/*.trial.ts'], testTimeout: 1_200_000, hookTimeout: 120_000 },
})
