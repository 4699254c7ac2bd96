import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Makes a directory, for its owner alone, and those above it. Node's own `recursive` never ends where a file system
 * answers ENOENT below a directory that exists (as /proc does).
 */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return
    const above = dirname(resolve(path))
    if (code !== 'ENOENT' || (await stat(above).catch(() => undefined))) throw error
    await makeDirectory(above)
    await mkdir(path, { mode: 0o700 })
  }
}
