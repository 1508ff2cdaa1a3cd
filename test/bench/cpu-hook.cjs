'use strict'
// Loaded before the program that is measured: writes the processor time of this process, in microseconds and without
// that of its children, to file descriptor 3 when the process ends.
const { writeSync } = require('node:fs')

process.once('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  writeSync(3, String(userCPUTime + systemCPUTime))
})
