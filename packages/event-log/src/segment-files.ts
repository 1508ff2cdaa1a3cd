import { promises } from 'node:fs'
import path from 'node:path'

const pattern = /^(\d{6,})\.log$/

/** Where segment `number` of a log lies. */
export function segmentPath(folder: string, number: number): string {
  return path.join(folder, `${String(number).padStart(6, '0')}.log`)
}

/** The segments of a log in order. Other files in the folder do not matter. */
export async function segmentNumbers(folder: string): Promise<number[]> {
  const names = await promises.readdir(folder)
  return names
    .flatMap((name) => pattern.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

/** The bytes of a whole segment: rotation keeps them few enough to hold in memory. */
export async function readSegment(folder: string, number: number): Promise<Buffer> {
  return promises.readFile(segmentPath(folder, number))
}
