/** What a Redis answers: a number, bytes, nothing, an error or a list of these. */
export type Reply = number | Buffer | null | ReplyError | readonly Reply[]

/** What a Redis says when it will not do what it was asked. */
export class ReplyError {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** A reply and how many bytes it took. */
export interface ReadReply {
  readonly reply: Reply
  readonly end: number
}

const lineEnd = Buffer.from('\r\n')

/** Reads one reply of RESP 2 from `start` on; undefined while it is not there as a whole. */
export function readReply(bytes: Buffer, start = 0): ReadReply | undefined {
  const end = bytes.indexOf(lineEnd, start)
  if (end < 0) return undefined
  const line = bytes.subarray(start + 1, end)
  const next = end + lineEnd.length
  switch (String.fromCharCode(bytes[start] ?? 0)) {
    case '+':
      return { reply: line, end: next }
    case '-':
      return { reply: new ReplyError(line.toString()), end: next }
    case ':':
      return { reply: Number(line.toString()), end: next }
    case '$':
      return readBytes(bytes, next, Number(line.toString()))
    case '*':
      return readList(bytes, next, Number(line.toString()))
    default:
      throw new Error(`That is no Redis: it answers '${bytes.subarray(start, end).toString()}'.`)
  }
}

function readBytes(bytes: Buffer, start: number, length: number): ReadReply | undefined {
  if (length < 0) return { reply: null, end: start }
  const end = start + length + lineEnd.length
  return bytes.length < end ? undefined : { reply: bytes.subarray(start, start + length), end }
}

function readList(bytes: Buffer, start: number, length: number): ReadReply | undefined {
  const replies: Reply[] = []
  let end = start
  while (replies.length < length) {
    const read = readReply(bytes, end)
    if (!read) return undefined
    replies.push(read.reply)
    end = read.end
  }
  return { reply: replies, end }
}
