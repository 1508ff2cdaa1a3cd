import { defineConfig } from 'rolldown'

const shared = {
  platform: 'node',
  external: ['@squall/lab'],
  // jsonc-parser's `main` is UMD, whose inner requires no bundler can follow.
  resolve: { mainFields: ['module', 'main'] },
}

/** Modules of Node that take milliseconds to start and that most commands never use: fetched when one does. */
const lateModules = ['node:child_process', 'node:crypto']

const startLate = {
  name: 'start-late',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      for (const name of lateModules) {
        const early = `require("${name}")`
        if (!chunk.code.includes(early))
          throw new Error(`The bundle does not require ${name} in the way expected.`)
        const late = `new Proxy({},{get:(_,key)=>process.getBuiltinModule("${name}")[key]})`
        chunk.code = chunk.code.replaceAll(early, late)
      }
      // A script of nothing but ASCII is read in a third of the time.
      const ascii = chunk.code.replace(
        /[\u0080-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
      // As bin/start.js runs it: putting half a megabyte between brackets at every start takes a millisecond.
      chunk.code = `(function (exports, require, module, __filename, __dirname) {${ascii}\n})`
    }
  },
}

export default defineConfig([
  // The command is one CommonJS file: every file that Node has to find, read and compile costs a run about a millisecond,
  // and only a script can be kept in V8's code cache (bin/start.js). The lab and the drivers stay packages.
  {
    ...shared,
    input: 'dist/index.js',
    plugins: [startLate],
    output: { file: 'dist/bundle/squall.script.js', format: 'cjs', minify: true, codeSplitting: false },
  },
  // What asks questions is loaded by the one command that asks.
  {
    ...shared,
    input: 'dist/prompts.js',
    output: { file: 'dist/bundle/prompts.js', format: 'esm', minify: true },
  },
  // Continuous chaos brings a web framework and schemas along.
  {
    ...shared,
    input: 'dist/chaos-parts.js',
    output: { file: 'dist/bundle/chaos-parts.js', format: 'esm', minify: true },
  },
  // The watchdog is a process of its own, and what it does when it has to act is a second file, so that it idles on
  // nothing but Node. Both lie where the command's own code looks for them.
  {
    ...shared,
    input: {
      'watchdog/idle': '../core/dist/host/watchdog/idle.js',
      'watchdog/heal': '../core/dist/host/watchdog/heal.js',
    },
    output: { dir: 'dist/bundle', format: 'esm', minify: true, chunkFileNames: 'watchdog/[name]-[hash].js' },
  },
])
