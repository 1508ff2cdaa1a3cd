import { defineProvider, type ProviderType } from '@squall/contract'
import { callInProcess } from './call-in-process.ts'
import { callInWorker } from './call-in-worker.ts'
import { argumentsRefused } from './function-problem.ts'
import { targetsOf } from './function-targets.ts'
import { FunctionCache, type LoadedFunction } from './load-function.ts'
import { nodeControls } from './node-controls.ts'
import { providerSchema, readFields } from './provider-fields.ts'
import { resolveModule } from './resolve-module.ts'
import { validateProvider } from './validate-provider.ts'
import { checkArguments, issueText } from './worker/called-function.js'

/** Makes the provider type `node`. It remembers the functions it has loaded. */
export function nodeProvider(): ProviderType {
  const cache = new FunctionCache()
  return defineProvider({
    summary: 'Calls an exported function of a JavaScript or TypeScript module or package.',
    schema: providerSchema,
    undoSummary:
      'Undone by what the function itself registers with undo(...); without that it cannot be undone.',
    controls: nodeControls,
    validate: (provider, { directory }) => validateProvider(provider, directory, cache),
    async run({ provider }, context) {
      const fields = readFields(provider)
      if (fields.isInterruptible) {
        const url = await resolveModule(fields.module, context.directory)
        return callInWorker({ ...fields, url }, context)
      }
      const loaded = cache.get(fields, context.directory) ?? (await cache.load(fields, context.directory))
      const args =
        loaded.fn.args === undefined ? fields.arguments : await acceptedArguments(loaded, fields.arguments)
      return callInProcess(loaded, args, context)
    },
    async targets({ provider }, context) {
      const fields = readFields(provider)
      const loaded = await cache.load(fields, context.directory)
      return targetsOf(loaded, await acceptedArguments(loaded, fields.arguments), context)
    },
  })
}

async function acceptedArguments({ fn, module, func }: LoadedFunction, args: unknown): Promise<unknown> {
  const checked = await checkArguments(fn, args)
  if ('value' in checked) return checked.value
  throw argumentsRefused(module, func, issueText(checked.issues))
}
