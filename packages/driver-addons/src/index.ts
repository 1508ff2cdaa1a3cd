import { defineDriver } from '@squall/contract'
import { aliases } from './aliases.ts'
import { bypass } from './bypass.ts'
import { idleFor } from './idle-for.ts'
import { repeat } from './repeat.ts'
import { safeguards } from './safeguards/safeguards.ts'
import { synchronization } from './synchronization.ts'

export default defineDriver({
  name: 'addons',
  contract: 1,
  summary: 'The add-on controls of Chaos Toolkit.',
  activities: { idle_for: idleFor },
  controls: { safeguards, bypass, repeat, synchronization },
  aliases,
})
