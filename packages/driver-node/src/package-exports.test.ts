import { expect, it } from 'vitest'
import { exportedPath } from './package-exports.ts'

it.each([
  { name: 'one path', exports: './main.js', ask: '.', path: './main.js' },
  { name: 'one path for the package alone', exports: './main.js', ask: './other', path: undefined },
  {
    name: 'a map',
    exports: { '.': './main.js', './probes': './src/probes.js' },
    ask: './probes',
    path: './src/probes.js',
  },
  {
    name: 'a subpath that is not in the map',
    exports: { '.': './main.js' },
    ask: './probes',
    path: undefined,
  },
  {
    name: 'import before default',
    exports: { import: './esm.js', default: './any.js' },
    ask: '.',
    path: './esm.js',
  },
  {
    name: 'the first condition that fits',
    exports: { default: './any.js', import: './esm.js' },
    ask: '.',
    path: './any.js',
  },
  { name: 'require is never met', exports: { require: './cjs.js' }, ask: '.', path: undefined },
  {
    name: 'types are never met',
    exports: { types: './a.d.ts', default: './a.js' },
    ask: '.',
    path: './a.js',
  },
  {
    name: 'nested conditions',
    exports: {
      '.': { browser: './b.js', node: { import: './n.mjs', require: './n.cjs' }, default: './d.js' },
    },
    ask: '.',
    path: './n.mjs',
  },
  {
    name: 'nested conditions that lead nowhere fall through',
    exports: { node: { require: './n.cjs' }, default: './d.js' },
    ask: '.',
    path: './d.js',
  },
  { name: 'a pattern', exports: { './f/*': './src/f/*.js' }, ask: './f/a/b', path: './src/f/a/b.js' },
  {
    name: 'a pattern with an ending',
    exports: { './f/*.js': './src/*.mjs' },
    ask: './f/a.js',
    path: './src/a.mjs',
  },
  { name: 'a pattern used twice', exports: { './*': './*/*.js' }, ask: './a', path: './a/a.js' },
  {
    name: 'the more exact pattern',
    exports: { './*': './all/*.js', './f/*': './f/*.js' },
    ask: './f/a',
    path: './f/a.js',
  },
  {
    name: 'a forbidden pattern',
    exports: { './*': './*.js', './internal/*': null },
    ask: './internal/a',
    path: undefined,
  },
  {
    name: 'an exact name before a pattern',
    exports: { './*': './*.js', './a': './b.js' },
    ask: './a',
    path: './b.js',
  },
  {
    name: 'the first usable of a list',
    exports: { '.': ['not-relative', './main.js'] },
    ask: '.',
    path: './main.js',
  },
  { name: 'a path out of the package', exports: '../main.js', ask: '.', path: undefined },
])('reads exports: $name', ({ exports, ask, path }) => {
  expect(exportedPath(exports, ask)).toBe(path)
})
