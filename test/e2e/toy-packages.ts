/** A driver package as files of a project, found because the project depends on it. */
export function toyPackage(
  name: string,
  code: string,
  manifest: { name: string; [key: string]: unknown },
): Record<string, unknown> {
  return {
    [`node_modules/${name}/package.json`]: toyManifest(name),
    [`node_modules/${name}/index.js`]: code,
    [`node_modules/${name}/squall.json`]: fullManifest(manifest),
  }
}

export function toyManifest(name: string): { name: string; version: string; [key: string]: unknown } {
  return {
    name,
    version: '1.2.3',
    type: 'module',
    squall: { contract: 1, driver: './index.js', manifest: './squall.json' },
  }
}

export function fullManifest(manifest: { name: string; [key: string]: unknown }): object {
  return { contract: 1, summary: 'A toy.', providers: {}, activities: {}, undo: {}, aliases: [], ...manifest }
}

export function dependsOn(...names: string[]): object {
  return { name: 'p', private: true, dependencies: Object.fromEntries(names.map((name) => [name, '*'])) }
}
