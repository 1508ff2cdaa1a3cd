import { defineDriver } from '@squall/contract'
import { experimentLoader } from './experiment-loader.ts'
import { nodeNotifier } from './node-notifier.ts'
import { nodeProvider } from './node-provider.ts'
import { call } from './undo-call.ts'

export { importModule, isTypeScript } from './worker/import-module.js'

const extensions = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']

/** The driver of provider type `node`: plain exported functions of local files and packages. */
export default defineDriver({
  name: 'node',
  contract: 1,
  summary: 'Calls plain exported functions of local JavaScript and TypeScript files and of packages.',
  providers: { node: nodeProvider() },
  undo: { call },
  notifiers: { node: nodeNotifier },
  loaders: Object.fromEntries(extensions.map((extension) => [extension, experimentLoader])),
})
