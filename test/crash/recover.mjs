// Does what `squall recover --yes` does, in a process that can be killed, frozen and started several times at once.
// Prints the status of each run it found.
import { recoverRun, unfinishedRuns } from '../../packages/core/dist/index.js'

for (const { folder, status } of await unfinishedRuns()) {
  if (status === 'abandoned') process.stdout.write(`${(await recoverRun(folder)).status}\n`)
}
