/**
 * The program that uses a share of a core. Only its text reaches the child, so it may use nothing from around it. It
 * counts the CPU time it was given, not the time that passed, so that the share holds beside other programs as well.
 */
export function burn(percent: number, seconds: number): void {
  const periodMs = 40
  // What it could not get on a busy machine it makes up for, but not for longer than this.
  const mostDebtMs = 400
  const began = performance.now()
  const atStart = process.cpuUsage()
  let last = began
  let due = 0
  let number = 1

  const used = (): number => {
    const { user, system } = process.cpuUsage(atStart)
    return (user + system) / 1000
  }
  // Asking for the time is itself work, but of the kernel.
  const work = (): void => {
    for (let count = 1; count < 20_000; count++) number = Math.sqrt(number + count)
  }
  const turn = (): void => {
    const now = performance.now()
    if (now - began >= seconds * 1000) process.exit(0)
    due = Math.min(due + ((now - last) * percent) / 100, used() + mostDebtMs)
    last = now
    const until = now + periodMs
    while (performance.now() < until && used() < due) work()
    const rest = until - performance.now()
    if (rest > 0) setTimeout(turn, rest)
    else setImmediate(turn)
  }
  turn()
  process.stdout.write('ready\n')
}
