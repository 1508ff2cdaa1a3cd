const mostLines = 12

/**
 * A law that was broken in another process, as an error for this one. It says first which law of which driver, and has no
 * frames of a test runner: where an output is cut, that is what is left of it.
 */
export function brokenLaw(which: string, failure: string): Error {
  const lines = failure.split('\n').filter((line) => !isForeignFrame(line))
  const error = new Error([which, ...lines.slice(0, mostLines)].join('\n'))
  // Where it was made is of no interest.
  error.stack = `${error.name}: ${error.message}`
  return error
}

function isForeignFrame(line: string): boolean {
  return /^\s+at /.test(line) && (line.includes('node_modules') || line.includes('node:internal'))
}
