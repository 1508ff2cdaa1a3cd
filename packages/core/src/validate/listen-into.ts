import type { ReferenceListener } from '../configuration/resolve-references.ts'
import type { Problems } from './problem.ts'

const hint = 'Look at what is declared there, and at where it is stored.'

/** Makes problems of what resolvers say. Only what the user should know of is one. */
export function listenInto(problems: Problems): ReferenceListener {
  return {
    log: ({ path, source }) => ({
      debug: () => undefined,
      info: () => undefined,
      warn: (message) => problems.warn(`${source}-secret`, path, message, hint),
    }),
    unread: ({ path }, error) => {
      const message = `${error.message} The secret '${path.slice(1).join('.')}' will be {}.`
      problems.warn(error.code, path, message, error.hint)
    },
  }
}
