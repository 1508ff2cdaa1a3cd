import { type ControlLevel, isObject, type JsonObject } from '@squall/contract'

/** A control as it is declared, and where. */
export interface DeclaredControl {
  readonly fields: JsonObject
  readonly isGlobal: boolean
}

/** Where controls can be declared, besides at a hypothesis or an activity itself. */
export interface ControlSources {
  readonly globals: readonly JsonObject[]
  /** Those of the experiment. */
  readonly top: readonly JsonObject[]
}

/**
 * The controls that act at a level, in their order: those of the experiment, global ones, then `local` ones of the
 * hypothesis or activity (spec 17.3). Each acts once; one of the experiment is hidden by another of its name.
 */
export function applicableControls(
  level: ControlLevel,
  { globals, top }: ControlSources,
  local: readonly JsonObject[] = [],
): DeclaredControl[] {
  if (level === 'loader') return globals.map(asGlobal)
  if (level === 'experiment') return [...globals.map(asGlobal), ...top.map(asOwn)]
  const automatic = top.filter(({ automatic: wanted }) => wanted !== false)
  if (level === 'method' || level === 'rollback')
    return top.length > 0 ? automatic.map(asOwn) : globals.map(asGlobal)
  return aroundPart(automatic, { globals, top }, local)
}

function aroundPart(
  automatic: readonly JsonObject[],
  { globals, top }: ControlSources,
  local: readonly JsonObject[],
): DeclaredControl[] {
  const named = local.map((control) => top.find(({ name }) => hasRef(control) && name === control['ref']))
  // A reference that names nothing stands for itself, in a file that was not validated.
  const own = local.filter((_, at) => named[at] === undefined)
  const names = new Set([...globals, ...own].map(({ name }) => name))
  const before = automatic.filter(({ name }) => !names.has(name))
  const referred = named.filter((control) => control !== undefined)
  return [
    ...before.map(asOwn),
    ...globals.map(asGlobal),
    ...own.map(asOwn),
    ...[...new Set(referred)].filter((control) => !before.includes(control)).map(asOwn),
  ]
}

function hasRef({ ref }: JsonObject): boolean {
  return ref !== undefined && ref !== null
}

/** The controls declared at some place; what is no object is none. */
export function controlsIn(holder: unknown): JsonObject[] {
  const list = isObject(holder) ? holder['controls'] : undefined
  return Array.isArray(list) ? list.filter((item): item is JsonObject => isObject(item)) : []
}

/** Whether a control acts on this side. */
export function actsOn(side: 'before' | 'after', { fields: { scope } }: DeclaredControl): boolean {
  return scope === undefined || scope === null || scope === side
}

const asGlobal = (fields: JsonObject): DeclaredControl => ({ fields, isGlobal: true })
const asOwn = (fields: JsonObject): DeclaredControl => ({ fields, isGlobal: false })
