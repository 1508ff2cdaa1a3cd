import type { Alias } from '@squall/contract'

const control = (name: string): Alias => ({
  provider: 'python',
  module: `chaosaddons.controls.${name}`,
  functions: {},
  control: { driver: 'addons', control: name },
})

/** The modules of the Python package chaostoolkit-addons. */
export const aliases: readonly Alias[] = [
  ...['safeguards', 'bypass', 'repeat', 'synchronization'].map(control),
  {
    provider: 'python',
    module: 'chaosaddons.utils.idle',
    functions: { idle_for: { provider: 'addons', func: 'idle_for' } },
  },
]
