import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { obstacleTo } from '../chaos/play-trial.ts'
import { here, notRun } from '../requirements.ts'

const squall = path.join(here, '../packages/squall/bin/squall.js')
const driver = path.join(here, '../packages/driver-etcd')
const script = `
squall() { '${process.execPath}' '${squall}' "$@" --driver '${driver}'; }
squall lab up --with etcd && '${process.execPath}' -e "fetch('http://127.0.0.1:23790/health').then((answer) => answer.text()).then(console.log)" && squall lab down && echo && pgrep -c etcd
true
`

it('starts an etcd cluster beside the lab, and ends it with the lab', async () => {
  const obstacle = obstacleTo('etcd')
  if (obstacle !== undefined) return notRun('the lab with etcd', obstacle)
  const state = await mkdtemp(path.join(os.tmpdir(), 'squall-lab-with-etcd-'))
  try {
    const { stdout } = await execa('bash', [path.join(here, 'netns.sh'), 'bash', '-c', script], {
      env: { XDG_STATE_HOME: state, NO_NS: '' },
    })
    expect(stdout).toContain(`etcd  ${state}/squall/labs/gateway-5000/etcd/cluster.json`)
    expect(stdout).toContain('{"health":"true"}')
    expect(stdout).toMatch(/is down: 3 processes ended\.\n\n0$/)
  } finally {
    await rm(state, { recursive: true, force: true })
  }
})
