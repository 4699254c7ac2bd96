import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The longest path that the kernel takes for a unix socket, in bytes, less one for its end. */
const LONGEST = 107

/** Where the console of the device in `directory` listens: in the directory, or, where that path is too long, beside other temporary files. */
export function consoleSocket(directory: string): string {
  const path = join(resolve(directory), 'console.sock')
  if (Buffer.byteLength(path) <= LONGEST) return path
  const name = createHash('sha256').update(path).digest('hex').slice(0, 16)
  return join(tmpdir(), `hangar-${name}.sock`)
}
