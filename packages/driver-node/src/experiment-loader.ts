import { pathToFileURL } from 'node:url'
import type { ExperimentLoader } from '@squall/contract'
import { importModule } from './worker/import-module.js'

/** Reads an experiment from the default export of a module. */
export const experimentLoader: ExperimentLoader = {
  summary: 'Experiments that are the default export of a JavaScript or TypeScript file.',
  load: async (file) => (await importModule(pathToFileURL(file).href))['default'],
}
