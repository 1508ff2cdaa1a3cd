import { defineConfig } from 'vitest/config'

const fromSource = { conditions: ['@squall/source'] }

/** For the laws that are tried in a namespace of their own, one file at a time. */
export default defineConfig({
  resolve: fromSource,
  ssr: { resolve: fromSource },
  test: { include: ['**/*.laws.ts'], testTimeout: 400_000, hookTimeout: 180_000 },
})
