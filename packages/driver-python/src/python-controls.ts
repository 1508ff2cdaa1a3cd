import type { ControlDeclaration, ControlType } from '@squall/contract'
import { importError, importProblem } from './import-problem.ts'
import { OpenPythonControl } from './open-python-control.ts'
import { silentLog } from './silent-log.ts'
import type { Workers } from './workers.ts'

type Issue = { readonly message: string; readonly hint?: string; readonly level?: 'error' | 'warning' }

/** Controls in Python: the hook functions of a module (spec 17). */
export const pythonControls = (workers: Workers): ControlType => ({
  summary: 'Calls the hook functions of a Python module.',
  validate: (declaration, { options }) => validate(declaration, options, workers),
  async open(declaration, context) {
    const module = moduleOf(declaration)
    const worker = workers.shared(context.options)
    const reply = await worker.request({ do: 'open-control', module }, { log: context.log }, context.signal)
    if ('ok' in reply) {
      const declared = reply.ok as unknown as Readonly<Record<string, readonly string[]>>
      return new OpenPythonControl({ module, declared, worker, context })
    }
    const problem = importProblem(module, reply.fail, worker.interpreter)
    throw problem ? importError(module, problem) : new Error(`'${module}' cannot be used: ${reply.fail.kind}`)
  },
})

async function validate(
  declaration: ControlDeclaration,
  options: Parameters<NonNullable<ControlType['validate']>>[1]['options'],
  workers: Workers,
): Promise<readonly Issue[]> {
  const { module } = declaration.provider as Record<string, unknown>
  if (typeof module !== 'string' || module === '')
    return [
      { message: `The control '${declaration.name}' needs a 'module'.`, hint: 'Write its dotted path.' },
    ]
  const { name, provider } = declaration
  const worker = workers.shared(options)
  const order = { do: 'validate-control', module, control: { name, provider } } as const
  const reply = await worker.request(order, { log: silentLog })
  if ('ok' in reply)
    return typeof reply.ok === 'string'
      ? [{ message: `The control '${name}' is not valid: ${reply.ok}.` }]
      : []
  const problem = importProblem(module, reply.fail, worker.interpreter)
  if (!problem) return [{ message: `The control '${name}' cannot be checked: ${reply.fail.kind}.` }]
  const message = `The Python module '${module}' of the control '${name}' cannot be imported: ${problem.reason}.`
  return [{ message, hint: problem.hint, level: 'warning' }]
}

function moduleOf({ name, provider }: ControlDeclaration): string {
  const { module } = provider as Record<string, unknown>
  if (typeof module === 'string') return module
  throw new TypeError(`the control '${name}' names no module`)
}
