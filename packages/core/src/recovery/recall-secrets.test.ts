import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { RunEventBody } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { DeadRun } from '../../test/dead-run.ts'

const environment = { TOKEN: 'swordfish' }
const secrets = { api: { token: { type: 'env', key: 'TOKEN' } } }

/** An undo whose log holds a reference where the secret stood. */
function withReference(dead: DeadRun): RunEventBody {
  const { arguments: args, ...rest } = dead.registered(1, '') as Extract<
    RunEventBody,
    { type: 'undo-registered' }
  >
  return {
    ...rest,
    arguments: { ...(args as object), thing: { $secret: 'api.token' } },
    secrets: ['api.token'],
  }
}

function everything(dead: DeadRun): Promise<string> {
  return readFile(path.join(dead.keptLog, '000001.log'), 'utf8')
}

describe('whoever finishes the run of a runner that is gone', () => {
  it('resolves the secrets of an undo from its own environment, and writes none of them down', async () => {
    const run = await DeadRun.after((dead) => [dead.started({ secrets }), withReference(dead)])
    expect(await run.heal(environment)).toMatchObject({ status: 'healed' })
    expect(await run.trace()).toEqual(['mend swordfish'])
    expect((await everything(run)) + JSON.stringify(await run.journal())).not.toContain('swordfish')
  })

  it('names the variable it misses, and leaves the undo to one that has it', async () => {
    const run = await DeadRun.after((dead) => [dead.started({ secrets }), withReference(dead)])
    expect(await run.heal()).toMatchObject({ status: 'failed' })
    const [undo] = (await run.journal()).undo ?? []
    expect(undo).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/'api\.token' cannot be read.*TOKEN/),
    })
    expect(await run.trace()).toEqual([])
    expect(await run.heal(environment)).toMatchObject({ status: 'healed' })
    expect(await run.trace()).toEqual(['mend swordfish'])
  })

  it('plays rollbacks with what the experiment says where the log has a mark', async () => {
    const run = await DeadRun.after((dead) => [
      dead.started(
        {
          secrets,
          rollbacks: [dead.harm('a [secret api.token]'), dead.harm('[secret api.token as base64-0-0-0]')],
        },
        'always',
      ),
      dead.registered(1, 'one'),
    ])
    await run.heal(environment)
    expect(await run.trace()).toEqual([
      'mend one',
      ...['break a swordfish', 'break c3dvcmRmaXNo', 'mend c3dvcmRmaXNo', 'mend a swordfish'],
    ])
    expect((await everything(run)) + JSON.stringify(await run.journal())).not.toMatch(
      /swordfish|c3dvcmRmaXNo/,
    )
  })

  it('has what --redact all kept out of the log from the card', async () => {
    const declared = {
      configuration: { password: 'in-the-file' },
      secrets: { api: { token: 'written-down' } },
    }
    const run = await DeadRun.after(
      (dead) => [
        dead.started(
          {
            configuration: { password: '[secret configuration.password]' },
            secrets: { api: { token: '[secret api.token]' } },
            rollbacks: [dead.harm('${password}'), dead.harm('[secret api.token]')],
          },
          'always',
        ),
        withReference(dead),
      ],
      { redactAll: declared },
    )
    expect(await run.heal()).toMatchObject({ status: 'healed' })
    expect((await run.trace()).slice(0, 3)).toEqual([
      'mend written-down',
      'break in-the-file',
      'break written-down',
    ])
    expect((await everything(run)) + JSON.stringify(await run.journal())).not.toMatch(
      /in-the-file|written-down/,
    )
  })
})

describe('a secret that a resolver read', () => {
  const withFile = (dead: DeadRun, body: RunEventBody): RunEventBody[] => [
    dead.started({
      configuration: { trace: dead.traceFile, store: path.join(dead.root, 'store.json') },
      secrets: { api: { token: { type: 'file', key: 'token' } } },
    }),
    body,
  ]

  it('is read again for the undo that needs it, and written nowhere', async () => {
    const run = await DeadRun.after((dead) => withFile(dead, withReference(dead)))
    await writeFile(path.join(run.root, 'store.json'), JSON.stringify({ token: 'swordfish' }))
    expect(await run.heal()).toMatchObject({ status: 'healed' })
    expect(await run.trace()).toEqual(['ask for token', 'mend swordfish'])
    expect((await everything(run)) + JSON.stringify(await run.journal())).not.toContain('swordfish')
  })

  it('is not asked for when nothing needs it', async () => {
    const run = await DeadRun.after((dead) => withFile(dead, dead.registered(1, 'one')))
    expect(await run.heal()).toMatchObject({ status: 'healed' })
    expect(await run.trace()).toEqual(['mend one'])
  })

  it('is given up after ten seconds, and tried again by the next one', async () => {
    const run = await DeadRun.after((dead) => withFile(dead, withReference(dead)))
    expect(await run.heal()).toMatchObject({ status: 'failed' })
    expect(await run.journal()).toMatchObject({
      undo: [{ status: 'failed', reason: expect.stringContaining('took longer than 10 s') }],
    })
    await writeFile(path.join(run.root, 'store.json'), JSON.stringify({ token: 'swordfish' }))
    expect(await run.heal()).toMatchObject({ status: 'healed' })
    expect(await run.trace()).toEqual(['ask for token', 'ask for token', 'mend swordfish'])
  })
})
