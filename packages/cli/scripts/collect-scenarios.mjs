// Puts the scenarios of the repository's examples into the build, so that the installed command can play them.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'

const examples = new URL('../../../examples/', import.meta.url)
const read = async (folder, file) =>
  readFile(new URL(`${folder}/${file}`, examples), 'utf8').then(JSON.parse, () => undefined)

const scenarios = []
for (const folder of (await readdir(examples)).sort()) {
  const scenario = await read(folder, 'scenario.json')
  if (scenario) scenarios.push({ ...scenario, experiment: await read(folder, 'experiment.json') })
}
scenarios.sort((a, b) => a.order - b.order)
await mkdir(new URL('../dist/', import.meta.url), { recursive: true })
await writeFile(new URL('../dist/scenarios.json', import.meta.url), `${JSON.stringify(scenarios, null, 2)}\n`)
