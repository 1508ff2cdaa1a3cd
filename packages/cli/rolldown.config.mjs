import { defineConfig } from 'rolldown'

// The command is one CommonJS file: every file that Node has to find, read and compile costs a run about a millisecond,
// and only a script can be kept in V8's code cache (bin/start.js). The lab and the drivers stay packages.
export default defineConfig({
  input: 'dist/index.js',
  platform: 'node',
  external: ['@squall/lab'],
  // jsonc-parser's `main` is UMD, whose inner requires no bundler can follow.
  resolve: { mainFields: ['module', 'main'] },
  output: { file: 'dist/bundle/squall.cjs', format: 'cjs', minify: true, codeSplitting: false },
})
