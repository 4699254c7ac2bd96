import { closeSync, openSync } from 'node:fs'
import { basename, dirname } from 'node:path'

/** What fits into a socket address everywhere, in bytes. */
const longest = 100

/**
 * The path to give to the kernel for a unix socket. Socket addresses are short; on Linux a directory of any depth can be named by
 * its descriptor instead.
 */
export function shortSocketPath(path: string): { path: string; close(): void } {
  if (Buffer.byteLength(path) <= longest || process.platform !== 'linux') return { path, close: () => {} }
  const directory = openSync(dirname(path), 'r')
  return { path: `/proc/self/fd/${directory}/${basename(path)}`, close: () => closeSync(directory) }
}
