import { execFile } from 'node:child_process'
import { ActivityFailed } from '@squall/contract'
import type { ProgramEnd } from '../net-system.ts'

const timeoutMs = 10_000

/**
 * Runs a program of the system to its end. An abort does not end it: these take milliseconds, and who knows what became of one
 * that was cut short.
 */
export function runProgram([program = '', ...args]: readonly string[], input = ''): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      args,
      { timeout: timeoutMs, encoding: 'utf8' },
      (error, stdout, stderr) => {
        if (!error) return resolve({ code: 0, stdout, stderr })
        if (typeof error.code === 'number') return resolve({ code: error.code, stdout, stderr })
        reject(cannotRun(program, error))
      },
    )
    // A program that does not read it has ended with a reason of its own.
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}

function cannotRun(program: string, error: Error): ActivityFailed {
  return new ActivityFailed(`The program '${program}' cannot be run: ${error.message}.`, {
    cause: error,
    hint: 'ip and tc are in the package iproute2, nft in nftables, unshare in util-linux.',
  })
}
