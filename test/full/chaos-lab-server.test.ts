import path from 'node:path'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { squallFile } from '../e2e/squall.ts'
import { here, notRun } from '../requirements.ts'

const netns = path.join(here, 'netns.sh')
const isolated = await execa(netns, ['true'], { reject: false })

it('a server of chaos on the lab that is killed 30 times leaves the lab whole and nothing to recover', {
  timeout: 400_000,
}, async () => {
  if (isolated.exitCode !== 0) return notRun('chaos on the lab under SIGKILL', isolated.stderr)
  const player = path.join(here, 'chaos/kill-lab-server.mjs')
  const { stdout } = await execa(netns, [process.execPath, player, squallFile, '30'])
  const { before, after, faults, left } = JSON.parse(stdout)
  expect(after).toBe(before)
  expect(faults).toBeGreaterThan(20)
  expect(left).toBe('[]')
})
