// What has to follow the versions that `changeset version` wrote: the ranges of peers, the version that the core says, and
// the page that shows it.
//   node scripts/after-version.mjs
import { readFile, writeFile } from 'node:fs/promises'

await import('./package-fields.mjs')

const { version } = JSON.parse(await readFile('packages/core/package.json', 'utf8'))
const [, before] = /'([^']*)'/.exec(await readFile('packages/core/src/version.ts', 'utf8'))
for (const file of ['packages/core/src/version.ts', 'docs/command-line.md']) {
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replaceAll(before, version))
}
