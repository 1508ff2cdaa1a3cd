import { defineDriver } from '@squall/contract'
import { nodeProvider } from './node-provider.ts'
import { call } from './undo-call.ts'

/** The driver of provider type `node`: plain exported functions of local files and packages. */
export default defineDriver({
  name: 'node',
  contract: 1,
  summary: 'Calls plain exported functions of local JavaScript files and of packages.',
  providers: { node: nodeProvider() },
  undo: { call },
})
