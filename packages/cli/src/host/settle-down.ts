/** Lets everything happen that waits for nothing but its turn. */
export async function settleDown(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve))
}
