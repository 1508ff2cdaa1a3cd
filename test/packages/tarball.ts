import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

const blockSize = 512

/**
 * Packs a folder of `node_modules` the way npm expects it, in memory. The program tar would store the files that pnpm
 * links to each other as links, and npm leaves links out.
 */
export function tarballOf(folder: string): Buffer {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const blocks = files.flatMap((entry) => {
    const file = path.join(entry.parentPath, entry.name)
    const content = readFileSync(file)
    const name = `package/${path.relative(folder, file).replaceAll(path.sep, '/')}`
    return [header(name, content.length), content, padding(content.length)]
  })
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * blockSize)]), { level: 1 })
}

/** A header of the ustar format. A long path is cut at a slash: the front part has a field of its own. */
function header(name: string, size: number): Buffer {
  const cut = name.length > 100 ? name.indexOf('/', name.length - 101) : -1
  const block = Buffer.alloc(blockSize)
  block.write(name.slice(cut + 1), 0)
  block.write('0000755', 100)
  block.write('0000000', 108)
  block.write('0000000', 116)
  block.write(size.toString(8).padStart(11, '0'), 124)
  block.write('00000000000', 136)
  block.write(' '.repeat(8), 148) // The checksum counts itself as spaces.
  block.write('0', 156)
  block.write('ustar\x0000', 257)
  block.write(name.slice(0, Math.max(cut, 0)), 345)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

function padding(size: number): Buffer {
  return Buffer.alloc((blockSize - (size % blockSize)) % blockSize)
}
