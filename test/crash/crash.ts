import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { type Aftermath, expectNoTrace, expectNothingLeft, hasLog } from './aftermath.ts'
import { eventually } from './machine.ts'
import { end, ended, type Order, Stage, squallFile } from './stage.ts'

/** Finishes what a runner that died left. */
export type Heal = (stage: Stage) => Promise<void>

/**
 * Lets a run be killed, by itself or after so many milliseconds, has it healed, and checks that nothing is left. Resolves
 * to undefined where it died before anything of it was on disk.
 */
export async function crash(
  order: Order & { readonly killAfterMs?: number },
  heal: Heal,
): Promise<Aftermath | undefined> {
  await using stage = await Stage.set()
  const runner = stage.run(order)
  const { killAfterMs } = order
  if (killAfterMs !== undefined) void delay(killAfterMs).then(() => runner.kill('SIGKILL'))
  const { signal } = await ended(runner)
  // One that came to its end before its time has nothing to be healed, and is checked all the same.
  if (signal !== 'SIGKILL') expect(signal).toBe(null)
  await heal(stage)
  await stage.untilSettled()
  if (hasLog(stage)) return await expectNothingLeft(stage)
  await expectNoTrace(stage)
  return undefined
}

/** The watchdog does it. Before the first undo there is none, and nothing to undo: then the journal is all there is to do. */
export const byWatchdog: Heal = async (stage) => {
  if (stage.logText().includes('undo-registered')) return
  if (!stage.watchdog()) await ended(stage.recover())
}

/** The command does it, started in another folder. */
export const byCommand: Heal = async (stage) => {
  await withoutWatchdog(stage)
  const { output, code } = await ended(stage.start([process.execPath, squallFile, 'recover', '--yes']))
  expect({ code, output }).toMatchObject({ code: 0 })
}

/** It was killed, and so it healed nothing. */
export async function withoutWatchdog(stage: Stage): Promise<void> {
  await eventually('the watchdog is gone', () => (stage.watchdog() ? undefined : true))
  if (!hasLog(stage)) expect(stage.unfinished()).toHaveLength(1)
}

/** Each healer is killed after so many milliseconds, all but the last. */
export function byHealersThatDie(livesMs: readonly number[], onKill: () => void): Heal {
  return async (stage) => {
    await withoutWatchdog(stage)
    for (const life of livesMs) {
      const healer = stage.recover()
      void delay(life).then(() => healer.kill('SIGKILL'))
      if ((await ended(healer)).signal === 'SIGKILL') onKill()
    }
    const { code } = await ended(stage.recover())
    expect(code).toBe(0)
  }
}

/** Resolves once the run has done all its harm; it then has two more seconds to go. */
export async function allHarmDone(stage: Stage): Promise<void> {
  await eventually('all harm is done', () => (stage.isBroken() ? true : undefined))
}

/** Lets a run die that has done all its harm, and its watchdog before it. */
export async function dieAlone(stage: Stage, order: Order = {}): Promise<void> {
  const runner = stage.run(order)
  const over = ended(runner)
  await allHarmDone(stage)
  end(stage.watchdog()?.pid ?? 0)
  await eventually('the watchdog is gone', () => (stage.watchdog() ? undefined : true))
  runner.kill('SIGKILL')
  await over
}

/** Says what was seen, for whoever reads the output of the tests. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
