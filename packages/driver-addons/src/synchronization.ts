import { defineControl } from '@squall/contract'

/** Tells safeguards that the run is over, which they know by themselves here. */
export const synchronization = defineControl({
  summary: 'Does nothing: it is there for files that declare it beside safeguards.',
  open: async () => ({ hooks: {} }),
})
