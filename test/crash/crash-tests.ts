import { describe, expect, it } from 'vitest'
import type { Aftermath } from './aftermath.ts'
import { byCommand, byHealersThatDie, byWatchdog, crash, type Heal, say } from './crash.ts'
import { inTurns } from './machine.ts'

/** How much is tried. */
export interface CrashSize {
  /** The run is killed at every how manyth record of its log. */
  readonly everyRecord: number
  /** The same with the watchdog killed first. */
  readonly everyRecordAlone: number
  /** Runs that are killed at an instant of chance. */
  readonly instants: number
  /** Runs whose recovery is killed too, three times each. */
  readonly killedRecoveries: number
}

/** Runs at once: more than that only wait for each other. */
const atOnce = 3

/** The longest of them take minutes. */
const timeout = 600_000

/** A run is killed, and afterwards nothing is left. */
export function crashTests({ everyRecord, everyRecordAlone, instants, killedRecoveries }: CrashSize): void {
  describe('a run that is killed', { timeout }, () => {
    it('leaves nothing behind, whichever record of its log was its last', async () => {
      const numbers = await recordNumbers(everyRecord)
      const seen = await inTurns(numbers, atOnce, (dieAfter) => crash({ dieAfter }, byWatchdog))
      tell('killed after a record', seen)
      expect(cutShort(seen)).toBeGreaterThan(numbers.length / 2)
    })

    it('leaves nothing behind, whenever it is killed', async () => {
      // From the start of the program to the end of the run.
      const spanMs = 3000
      const moments = Array.from({ length: instants }, (_, at) => ((at + Math.random()) / instants) * spanMs)
      const seen = await inTurns(moments, atOnce, (killAfterMs) => crash({ killAfterMs }, byWatchdog))
      tell('killed at an instant of chance', seen)
    })

    it('leaves nothing behind when its watchdog is killed too and `squall recover` comes from elsewhere', async () => {
      const numbers = await recordNumbers(everyRecordAlone)
      const seen = await inTurns(numbers, atOnce, (dieAfter) =>
        crash({ dieAfter, withWatchdog: true }, byCommand),
      )
      tell('killed with its watchdog after a record', seen)
      expect(cutShort(seen)).toBeGreaterThan(numbers.length / 2)
    })

    it('leaves nothing behind when the recovery is killed too, again and again', async () => {
      let kills = 0
      const heals = Array.from({ length: killedRecoveries }, (): Heal => {
        const lives = [1, 2, 3].map(() => 120 + Math.random() * 300)
        return byHealersThatDie(lives, () => {
          kills += 1
        })
      })
      const order = { dieAfterUndo: 9, withWatchdog: true }
      const seen = await inTurns(heals, atOnce, (heal) => crash(order, heal))
      tell(`killed with its watchdog, and ${kills} healers after it`, seen)
      expect(kills).toBeGreaterThan(0)
    })
  })
}

/** A run that is left alone says how many records there are. */
async function recordNumbers(every: number): Promise<number[]> {
  const whole = await crash({}, byWatchdog)
  const count = whole?.events.length ?? 0
  expect(count).toBeGreaterThan(40)
  expect(whole?.registered).toBe(9)
  return Array.from({ length: Math.ceil(count / every) }, (_, at) => at * every + 1)
}

function cutShort(seen: readonly (Aftermath | undefined)[]): number {
  return seen.filter((one) => one?.journal.status === 'interrupted').length
}

function tell(what: string, seen: readonly (Aftermath | undefined)[]): void {
  const sum = (count: (one: Aftermath) => number): number =>
    seen.reduce((total, one) => total + (one ? count(one) : 0), 0)
  const undos = sum(({ registered }) => registered)
  const files = sum(({ mended }) => mended)
  say(
    `${seen.length} runs ${what}: ${cutShort(seen)} interrupted, ${undos} undos carried out, ${files} broken files mended once`,
  )
}
