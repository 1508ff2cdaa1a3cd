import {
  type ControlContext,
  type ControlType,
  type Driver,
  defineControl,
  defineDriver,
  type HookCall,
  type HookName,
  InterruptRun,
  isObject,
  type JsonObject,
  type OpenControl,
} from '@squall/contract'

const levels = ['loader', 'experiment', 'hypothesis', 'method', 'rollback', 'activity'] as const
export const hookNames: readonly HookName[] = levels.flatMap(
  (level) => [`before-${level}`, `after-${level}`] as const,
)

/** What a hook does in a test; its control's context is there to ask for things. */
export type Deed = (call: HookCall, context: ControlContext) => void | Promise<void>
export type Deeds = Readonly<Partial<Record<HookName, Deed>>>

export interface ToyControls {
  readonly driver: Driver
  /** Every call: `TAG HOOK WHAT`. */
  readonly calls: string[]
  /** Adds a control to the driver: `{type: 'toys', control: NAME}`. */
  control(name: string, deeds: Deeds, more?: Partial<Omit<OpenControl, 'hooks'>>): void
}

/** A driver with the control `trace`, which writes down every call, and with whatever a test adds. */
export function toyControls(): ToyControls {
  const calls: string[] = []
  const added = new Map<string, ControlType>()
  const trace = defineControl({
    summary: 'Writes down every call.',
    validate: async ({ provider }) =>
      isObject(provider.arguments) && provider.arguments['wrong'] !== undefined
        ? [{ message: 'It is wrong.', hint: 'Leave `wrong` out.' }]
        : [],
    open: async ({ name }) => traceControl(name, calls),
  })
  const driver = defineDriver({
    name: 'toys',
    contract: 1,
    summary: 'Controls for tests.',
    get controls() {
      return { trace, ...Object.fromEntries(added) }
    },
    providers: {
      scripted: {
        summary: 'A provider type that runs controls.',
        schema: {},
        validate: async () => [],
        run: async () => null,
        targets: async () => [],
        controls: trace,
      },
    },
    aliases: [
      {
        provider: 'python',
        module: 'chaosaddons.controls.toy',
        functions: {},
        control: { driver: 'toys', control: 'trace' },
      },
    ],
  })
  const control: ToyControls['control'] = (name, deeds, more = {}) => {
    added.set(
      name,
      defineControl({
        summary: 'Does as a test says.',
        open: async (_declaration, context) => ({ ...more, hooks: hooksOf(deeds, context) }),
      }),
    )
  }
  return { driver, calls, control }
}

function hooksOf(deeds: Deeds, context: ControlContext): OpenControl['hooks'] {
  return Object.fromEntries(
    Object.entries(deeds).map(([name, deed]) => [name, async (call: HookCall) => deed(call, context)]),
  )
}

function traceControl(name: string, calls: string[]): OpenControl {
  const tag = (given: JsonObject): string => String(given['tag'] ?? name)
  const hook =
    (hookName: HookName) =>
    async (call: HookCall): Promise<void> => {
      calls.push(`${tag(call.arguments)} ${hookName} ${wordsOf(call, hookName)}`.trim())
      if (call.arguments['interrupt'] === hookName) throw new InterruptRun('the test says so')
      if (call.arguments['fail'] === hookName) throw new Error('the test says so')
    }
  return {
    hooks: Object.fromEntries(hookNames.map((hookName) => [hookName, hook(hookName)])),
    configure: async (call) => {
      calls.push(`${tag(call.arguments)} configure ${String(call.experiment.value['title'])}`)
      if (call.arguments['fail'] === 'configure') throw new Error('the test says so')
    },
    cleanup: async () => {
      calls.push(`${name} cleanup`)
    },
  }
}

/** What a call is about, and how it went. */
function wordsOf({ context, state }: HookCall, hook: HookName): string {
  const { value } = context
  const what = isObject(value) ? (value['name'] ?? value['title'] ?? '') : value
  if (state === undefined) return String(what)
  const after = state.value
  if (after === null) return `${String(what)} null`
  if (Array.isArray(after)) return `${after.length}`
  if (!isObject(after)) return String(after)
  const how = hook === 'after-hypothesis' ? after['steady_state_met'] : after['status']
  return `${String(what)} ${String(how)}`
}

/** A declaration of the control `trace`. */
export function traced(name: string, args: JsonObject = {}, more: JsonObject = {}): JsonObject {
  return { name, provider: { type: 'toys', control: 'trace', arguments: args }, ...more }
}

/** A declaration of a control that a test added. */
export function toyControl(name: string, more: JsonObject = {}): JsonObject {
  return { name, provider: { type: 'toys', control: name }, ...more }
}
