import { styleText } from 'node:util'

export type Paint = (style: 'green' | 'red' | 'yellow' | 'dim' | 'bold' | 'cyan', text: string) => string

/** Colours where a person looks at a terminal, plain text elsewhere. */
export function painter(hasColors: boolean): Paint {
  return hasColors ? (style, text) => styleText(style, text) : (_style, text) => text
}

// Control characters from a probed system must not reach the terminal.
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is removed here
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** Foreign text made safe to show. */
export function safe(text: string): string {
  return text.replace(controls, '�')
}

/** A length of time in the unit a person would use. */
export function durationText(seconds: number): string {
  if (seconds < 0.0995) return `${Math.round(seconds * 10_000) / 10} ms`
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`
  return seconds < 100 ? `${seconds.toFixed(2)} s` : `${Math.round(seconds)} s`
}
