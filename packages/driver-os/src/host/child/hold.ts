import type Fs from 'node:fs'

/** The program that holds memory. Only its text reaches the child, so it may use nothing from around it. */
export function hold(mebibytes: number, seconds: number, fs: typeof Fs): void {
  const size = 1_048_576
  const step = 16
  const held: Buffer[] = []
  // Should memory run out in spite of all, this is what the kernel takes first.
  fs.writeFileSync('/proc/self/oom_score_adj', '1000')
  setTimeout(() => process.exit(0), seconds * 1000)
  const take = (): void => {
    // Every page is written to: memory that is only asked for is not used.
    for (let count = 0; count < step && held.length < mebibytes; count++) {
      held.push(Buffer.allocUnsafeSlow(size).fill(1 + (held.length % 255)))
    }
    if (held.length < mebibytes) setImmediate(take)
    else process.stdout.write('ready\n')
  }
  take()
}
