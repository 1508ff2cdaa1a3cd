import { defineConfig } from 'rolldown'

// What squall loads of a driver is one file: a run pays about a millisecond for each one that Node has to find, read and
// compile. Code that needs one of the large libraries stays apart and is read when it is used.
const apart = /\/host\/(?:execa-child|undici-transport|route|web-socket-inspectors)\.js$/

export default defineConfig({
  input: 'dist/index.js',
  platform: 'node',
  external: ['@squall/lab', 'env-paths', 'execa', 'fkill', 'jiti', 'ps-list', 'undici'],
  output: {
    dir: 'dist/bundle',
    format: 'esm',
    minify: { mangle: false },
    cleanDir: true,
    chunkFileNames: '[name].js',
    codeSplitting: { groups: [{ name: 'driver', test: (file) => !apart.test(file) }] },
  },
})
