import { deeperFolder, Elsewhere } from '../host/elsewhere.ts'
import { type Law, LawBroken } from '../law.ts'
import { becomesAgain, showsHarm, staysAs } from '../looks.ts'
import { onStage } from '../stage.ts'
import { isUndoable, lawOf, type Subject } from '../subject.ts'
import { type Harm, harmScene, isPassing, onceHarmed } from './harm.ts'
import { recoversFromKill } from './kill.ts'

/** What holds for how an action is undone. */
export function undoLaws(subject: Subject): readonly Law[] {
  if (!isUndoable(subject)) return []
  return [
    lawOf(subject, 'registers its undo before the harm', () => registersBefore(subject)),
    lawOf(subject, 'its undo restores what a look can see', () => restores(subject)),
    lawOf(subject, 'its undo may run twice', () => runsTwice(subject)),
    lawOf(subject, 'its undo is harmless when the harm never happened', () => isHarmless(subject)),
    lawOf(subject, 'its undo works in another process, from the record alone', () => worksElsewhere(subject)),
    lawOf(subject, 'SIGKILL in the middle leaves a record to recover from', () => recoversFromKill(subject)),
  ]
}

async function registersBefore(subject: Subject): Promise<void> {
  await onStage(subject, harmScene(subject), async (stage) => {
    const before = await stage.look()
    let watching: Promise<void> | undefined
    const running = stage.start({
      onUndo: async () => {
        // A later undo may belong to a later harm.
        watching ??= staysAs(stage, before, 'The harm came before its undo was recorded')
        // What is seen is for the law to say, since the activity may not even listen.
        await watching.catch(() => {})
      },
    })
    await (isPassing(subject) ? stage.middleOf(running) : running.value())
    if (!watching) throw new LawBroken('It registered no undo.')
    await watching
    await showsHarm(stage, before)
  })
}

async function restores(subject: Subject): Promise<void> {
  await onceHarmed(subject, async ({ stage, before, records }) => {
    const answers = await stage.undo(records)
    await becomesAgain(stage, before, 'Its undo did not restore it')
    if (!answers.includes('undone')) throw new LawBroken(`Its undo restored it, and answered 'not needed'.`)
  })
}

async function runsTwice(subject: Subject): Promise<void> {
  await onceHarmed(subject, async ({ stage, records }) => {
    await stage.undo(records)
    const once = await stage.look()
    await stage.undo(records)
    await staysAs(stage, once, 'The second run of its undo changed something')
  })
}

async function isHarmless(subject: Subject): Promise<void> {
  await onStage(subject, harmScene(subject), async (stage) => {
    const before = await stage.look()
    const running = stage.start({ onUndo: refuseUndo })
    const end = await running.end()
    if (end.ok) throw new LawBroken('Its undo could not be recorded, and it went on all the same.')
    await staysAs(stage, before, 'Its undo could not be recorded, and it did harm all the same')
    const answers = await stage.undo(running.context.undos.records)
    const wrong = answers.find((answer) => answer !== 'not needed')
    if (wrong) throw new LawBroken(`There was no harm, and its undo answered '${wrong}', not 'not needed'.`)
    await staysAs(stage, before, 'There was no harm, and its undo changed something')
  })
}

function refuseUndo(): never {
  throw new Error('The law does not record this undo.')
}

async function worksElsewhere(subject: Subject): Promise<void> {
  const elsewhere = await deeperFolder()
  try {
    await onceHarmed(subject, (harm) => undoneFrom(elsewhere.folder, harm))
  } finally {
    await elsewhere.remove()
  }
}

async function undoneFrom(folder: string, { stage, before, records }: Harm): Promise<void> {
  const { driverFile } = stage.subject
  await using elsewhere = new Elsewhere({ type: 'undo', driverFile, records }, folder)
  await elsewhere.report('undone')
  await becomesAgain(stage, before, 'Its undo, run in another process and folder, did not restore it')
}
