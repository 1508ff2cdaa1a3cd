import type { DriverNames } from './driver-names.ts'

/** The versions that a new driver is made with: those this package was tested with. */
export type Versions = Readonly<Record<string, string>>

/** The package.json of a new driver. */
export function packageJson(names: DriverNames, versions: Versions): object {
  return {
    name: names.package,
    version: '0.1.0',
    description: `squall driver: ${names.driver}.`,
    keywords: ['chaos-engineering', 'chaostoolkit', 'squall-driver'],
    type: 'module',
    engines: { node: '>=20.18.1' },
    sideEffects: false,
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    files: ['dist'],
    squall: { contract: 1, driver: './dist/index.js', manifest: './dist/squall.json' },
    scripts: {
      build: 'tsc && squall-manifest',
      test: 'npm run build && vitest run',
      prepack: 'npm run build',
    },
    dependencies: pick(versions, 'zod'),
    peerDependencies: { '@squall/contract': untilNextMajor(versions['@squall/contract'] ?? '*') },
    devDependencies: pick(
      versions,
      '@squall/cli',
      '@squall/contract',
      '@squall/testkit',
      '@types/node',
      'typescript',
      'vitest',
    ),
  }
}

function pick(versions: Versions, ...names: readonly string[]): Versions {
  return Object.fromEntries(names.map((name) => [name, atLeast(versions[name] ?? '*')]))
}

/** A caret would keep a driver from every new minor before 1.0.0; what a driver must follow is the contract's own number. */
function untilNextMajor(version: string): string {
  return version.startsWith('0.') ? `>=${version} <1.0.0` : atLeast(version)
}

function atLeast(version: string): string {
  return /^\d/.test(version) ? `^${version}` : version
}
