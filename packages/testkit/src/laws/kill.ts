import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { JsonValue } from '@squall/contract'
import { Elsewhere } from '../host/elsewhere.ts'
import { RecordFile } from '../host/record-file.ts'
import { becomesAgain, showsHarm } from '../looks.ts'
import { patience } from '../patience.ts'
import type { Sample } from '../samples.ts'
import { onStage, type Stage } from '../stage.ts'
import type { Subject } from '../subject.ts'
import { actOrder, untilMiddle } from './act-elsewhere.ts'
import { harmScene, isPassing } from './harm.ts'

/** When the process in which an action plays is killed. */
interface Moment {
  readonly name: string
  /** Whether the action is held as soon as its undo is on disk. */
  readonly hold: boolean
  comes(elsewhere: Elsewhere, stage: Stage, before: JsonValue): Promise<unknown>
}

const recorded: Moment = {
  name: 'once its undo was on disk',
  hold: true,
  comes: (elsewhere) => elsewhere.report('registered'),
}
const harmed: Moment = {
  name: 'as soon as the harm showed',
  hold: false,
  comes: (_, stage, before) => showsHarm(stage, before, patience.call),
}
const underway: Moment = { name: 'in the middle', hold: false, comes: untilMiddle }
const over: Moment = { name: 'after its end', hold: false, comes: (elsewhere) => elsewhere.report('ended') }

/** Plays the action in a process that is killed, and takes back what that process wrote down. */
export async function recoversFromKill(subject: Subject): Promise<void> {
  const { long } = subject.sample
  const scene = harmScene(subject)
  await recoversFrom(recorded, subject, scene)
  await recoversFrom(harmed, subject, scene)
  if (long) await recoversFrom(underway, subject, long)
  if (!isPassing(subject)) await recoversFrom(over, subject, scene)
}

async function recoversFrom(moment: Moment, subject: Subject, scene: Sample['prepare']): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'squall-law-'))
  try {
    await onStage(subject, scene, (stage) => recoversOn(stage, moment, path.join(folder, 'undo.jsonl')))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function recoversOn(stage: Stage, moment: Moment, recordFile: string): Promise<void> {
  const before = await stage.look()
  const order = { ...actOrder(stage), recordFile, hold: moment.hold }
  await using elsewhere = new Elsewhere(order)
  await elsewhere.report('registered')
  await moment.comes(elsewhere, stage, before)
  await elsewhere.kill()
  await stage.undo(new RecordFile(recordFile).read())
  await becomesAgain(stage, before, `Killed ${moment.name}, it left what its record cannot take back`)
}
