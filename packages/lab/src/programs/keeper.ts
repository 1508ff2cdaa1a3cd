import { runKeeper } from '../host/run-keeper.ts'

await runKeeper()
