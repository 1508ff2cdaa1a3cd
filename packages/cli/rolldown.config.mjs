import { defineConfig } from 'rolldown'

// One bundle for the command, so that a run starts by reading few files. What is loaded on demand stays in chunks of
// its own; the lab and the drivers stay packages.
export default defineConfig({
  input: 'dist/index.js',
  platform: 'node',
  external: ['@squall/lab'],
  // jsonc-parser's `main` is UMD, whose inner requires no bundler can follow.
  resolve: { mainFields: ['module', 'main'] },
  output: {
    dir: 'dist/bundle',
    format: 'esm',
    minify: true,
    chunkFileNames: '[name]-[hash].js',
    cleanDir: true,
  },
})
