import type { OpenFilesLimit } from './process-table.ts'

/** Soft and hard limit of open files in `/proc/PID/limits`; null when the text has none. */
export function parseOpenFilesLimits(text: string): { soft: OpenFilesLimit; hard: OpenFilesLimit } | null {
  const [, soft, hard] = /^Max open files\s+(\d+|unlimited)\s+(\d+|unlimited)/m.exec(text) ?? []
  return soft === undefined || hard === undefined ? null : { soft: limitOf(soft), hard: limitOf(hard) }
}

function limitOf(text: string): OpenFilesLimit {
  return text === 'unlimited' ? text : Number(text)
}
