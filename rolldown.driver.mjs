import { defineConfig } from 'rolldown'

// What squall loads of a driver is one file: a run pays about a millisecond for each one that Node has to find, read and
// compile. Code that needs one of the large libraries stays apart and is read when it is used.
const apart = /\/host\/(?:execa-child|undici-transport|route|system-information|web-socket-inspectors)\.js$/

/** The entry has nothing but names of what lies in the chunk `driver.js`: both become one file. */
const oneFile = {
  name: 'one-file',
  generateBundle(_, bundle) {
    const { 'index.js': entry, 'driver.js': driver } = bundle
    if (!driver) return
    const locals = new Map(namesIn(driver.code).map(([local, name]) => [name, local]))
    const exported = namesIn(entry.code).map(([name, shown]) => `${locals.get(name)} as ${shown}`)
    entry.code = `${driver.code}\nexport{${exported.join(',')}};\n`
    delete bundle['driver.js']
    for (const chunk of Object.values(bundle)) chunk.code = chunk.code.replaceAll('./driver.js', './index.js')
  },
}

/** The pairs of an `export{a as b,c}`. */
function namesIn(code) {
  const [, list] = /export\{([^}]*)\}(?:from"\.\/driver\.js")?;?\s*$/.exec(code) ?? []
  if (list === undefined) throw new Error('The bundle does not end in a list of exports.')
  return list.split(',').map((entry) => {
    const [local, name = local] = entry.split(' as ')
    return [local, name]
  })
}

/** To import a module of Node, it makes a list of all that is in it, which loads things nobody asked for. */
const plainBuiltins = {
  name: 'plain-builtins',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      chunk.code = chunk.code.replace(
        /import\s*(?:\*\s*as\s*)?(\{[^}]*\}|[\w$]+)\s*from\s*"(node:[\w/]+)";/g,
        (_statement, names, name) =>
          `const ${names.replaceAll(' as ', ':')}=process.getBuiltinModule("${name}");`,
      )
      if (/\bfrom\s*"node:/.test(chunk.code)) throw new Error('A module of Node is still imported.')
    }
  },
}

export default defineConfig({
  input: 'dist/index.js',
  platform: 'node',
  external: ['@squall/lab', 'env-paths', 'execa', 'fkill', 'jiti', 'ps-list', 'systeminformation', 'undici'],
  plugins: [oneFile, plainBuiltins],
  output: {
    dir: 'dist/bundle',
    format: 'esm',
    minify: { mangle: false },
    cleanDir: true,
    chunkFileNames: '[name].js',
    codeSplitting: { groups: [{ name: 'driver', test: (file) => !apart.test(file) }] },
  },
})
