import { open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * What the store asks of a directory. Each step is either done or failed, and a file that was written is only sure to be there
 * after a power cut when its data and its name were both synced: that is what the crash tests play with.
 */
export interface Disk {
  /** File names. */
  list(): Promise<readonly string[]>
  read(name: string): Promise<string>
  /** The first 8 KB: the head of a configuration, however long that is. */
  readHead(name: string): Promise<string>
  /** Makes or empties the file, writes the text and syncs its data. */
  write(name: string, text: string): Promise<void>
  /** Takes the place of a file of the new name, in one step. */
  rename(from: string, to: string): Promise<void>
  remove(name: string): Promise<void>
  /** Makes names, as they now are, sure. */
  sync(): Promise<void>
}

/** A directory of this machine that exists. Files are readable for their owner alone: they carry password hashes. */
export function directoryDisk(directory: string): Disk {
  const path = (name: string) => join(directory, name)
  return {
    list: () => readdir(directory),
    read: name => readFile(path(name), 'utf8'),
    async readHead(name) {
      const file = await open(path(name), 'r')
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(8192), 0, 8192, 0)
        return buffer.toString('utf8', 0, bytesRead)
      } finally {
        await file.close()
      }
    },
    async write(name, text) {
      const file = await open(path(name), 'w', 0o600)
      try {
        await file.writeFile(text)
        await file.sync()
      } finally {
        await file.close()
      }
    },
    rename: (from, to) => rename(path(from), path(to)),
    remove: name => unlink(path(name)),
    async sync() {
      const handle = await open(directory, 'r')
      try {
        await handle.sync()
      } finally {
        await handle.close()
      }
    },
  }
}
