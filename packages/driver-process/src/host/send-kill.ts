/** Sends SIGKILL and tells what came of it. */
export function sendKill(pid: number): 'sent' | 'gone' | 'refused' {
  try {
    process.kill(pid, 'SIGKILL')
    return 'sent'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'refused' : 'gone'
  }
}
