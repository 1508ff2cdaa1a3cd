import { type JsonValue, type SchemaResult, SquallError, type Undo } from '@squall/contract'
import type { EventStream } from './event-stream.ts'
import { reasonOf } from './exception-lines.ts'
import { issuesText } from './issues-text.ts'
import { asJson } from './json-result.ts'

/** Arguments of an undo as the log has them: secrets are references there. */
export interface WrittenArguments {
  readonly arguments: JsonValue
  /** Names of the secrets that have to be put in again. */
  readonly secrets?: readonly string[]
}

export interface CheckedArguments {
  /** As the undo gets them. */
  readonly args: JsonValue
  readonly written: WrittenArguments
}

export interface UndoCall {
  readonly activity: string
  readonly func: string
  readonly undo: Undo
  readonly events: EventStream
}

/**
 * What cannot be undone with these arguments is known before the harm, not after it: throws or rejects with
 * `SQUALL_ARGUMENTS_INVALID` for arguments the undo function refuses, and with `SQUALL_UNDO_NOT_RECORDED` for those that
 * no other process could read back from the log. Answers at once where the schema does.
 */
export function checkedArguments(
  args: JsonValue,
  call: UndoCall,
): CheckedArguments | Promise<CheckedArguments> {
  const answer = asJson(args)
  if ('wrong' in answer) throw refused(call.func, `${answer.wrong} is not JSON`)
  const { json } = answer
  const result = call.undo.args['~standard'].validate(json)
  return result instanceof Promise
    ? result.then((late) => judged(late, json, call))
    : judged(result, json, call)
}

function judged({ issues }: SchemaResult<unknown>, args: JsonValue, call: UndoCall): CheckedArguments {
  if (issues) throw refused(call.func, issuesText(issues))
  const { activity, events } = call
  const written = writtenArguments(args, activity, events)
  for (const name of written.secrets ?? []) tellIfOnlyHere(name, activity, events)
  return { args, written }
}

function refused(func: string, problems: string): SquallError {
  return new SquallError('SQUALL_ARGUMENTS_INVALID', { activity: func, problems })
}

function writtenArguments(args: JsonValue, activity: string, { redactor }: EventStream): WrittenArguments {
  try {
    const { arguments: concealed, secrets } = redactor.references.conceal(args)
    return { arguments: concealed, ...(secrets.length > 0 ? { secrets } : {}) }
  } catch (error) {
    const hint = 'Hand secrets to an undo as they are, URL-encoded, in JSON or in base64.'
    throw notRecorded(activity, reasonOf(error), { hint })
  }
}

function tellIfOnlyHere(name: string, activity: string, events: EventStream): void {
  if (events.redactor.references.isElsewhere(name)) return
  const message = `Only this process knows the secret '${name}': should it disappear, the undo of '${activity}' cannot be carried out.`
  events.emit({ type: 'log', level: 'warning', message, activity })
}

function notRecorded(activity: string, what: string, options: { hint?: string } = {}): SquallError {
  const reason = `its arguments hold ${what}`
  return new SquallError('SQUALL_UNDO_NOT_RECORDED', { activity, reason }, options)
}
