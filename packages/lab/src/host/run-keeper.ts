import { Keeper } from './keeper.ts'
import { runProgram } from './run-program.ts'

export function runKeeper(): Promise<void> {
  return runProgram('keeper', async (call, log) => {
    const keeper = await Keeper.of(call, log)
    const over = keeper.keep().then(() => 'the lab has been taken down')
    return { port: null, over, close: () => keeper.end() }
  })
}
