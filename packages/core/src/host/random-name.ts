/** A name no other run has: pid and time keep it apart from runs beside it, chance from runs on a clock that jumped. */
export function randomName(): string {
  return [Date.now(), process.pid, Math.floor(Math.random() * 2 ** 40)]
    .map((part) => part.toString(36))
    .join('-')
}
