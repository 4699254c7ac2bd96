import { rename, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { join, resolve } from 'node:path'
import { HangarError, type Logger, messageOf, type Random } from '@hangar/runtime'
import { makeDirectory } from './make-directory.ts'
import { shortSocketPath } from './socket-path.ts'

/**
 * Holds a directory for one device, and makes it when it is not there. The lock is a unix socket that its holder listens on: the kernel
 * closes it with the process, however that ends, and another container that has the directory mounted can ask it too, where a process
 * id would mean somebody else. Rejects with HGR_DIRECTORY_IN_USE or HGR_DIRECTORY. Where the file system has no sockets, the directory
 * is used without a lock, and the log says so.
 */
export async function lockDirectory(
  directory: string,
  { random, log }: { random: Random; log: Logger },
): Promise<{ release(): Promise<void> }> {
  try {
    await makeDirectory(directory)
  } catch (error) {
    throw new HangarError('HGR_DIRECTORY', `cannot make ${directory}: ${messageOf(error)}`, { cause: error })
  }
  const { path, close } = shortSocketPath(join(resolve(directory), 'lock.sock'))
  try {
    for (;;) {
      const listening = await listen(path)
      if (typeof listening !== 'string') return { release: () => closed(listening, close) }
      if (listening !== 'EADDRINUSE') {
        log.warn(
          { directory, error: listening },
          'cannot lock the directory: a second device on it would not be noticed',
        )
        return { release: async () => close() }
      }
      await takeOver({ path, directory, random })
    }
  } catch (error) {
    close()
    throw error
  }
}

/** Closing a listening unix socket removes its file. */
function closed(server: Server, done: () => void): Promise<void> {
  return new Promise(resolve =>
    server.close(() => {
      done()
      resolve()
    }),
  )
}

/** Puts a dead holder's socket out of the way; throws when the holder lives. */
async function takeOver(options: { path: string; directory: string; random: Random }): Promise<void> {
  const inUse = () =>
    new HangarError('HGR_DIRECTORY_IN_USE', `${options.directory}: another device runs on this directory`)
  if (await lives(options.path)) throw inUse()
  // Of several that start at this moment only one moves the dead socket away; what it moved is asked once more, as another may
  // have been faster and live already.
  const aside = `${options.path}.${options.random.hex(4)}`
  try {
    await rename(options.path, aside)
  } catch {
    return
  }
  if (!(await lives(aside))) return unlink(aside)
  await rename(aside, options.path)
  throw inUse()
}

function listen(path: string): Promise<Server | string> {
  return new Promise(resolve => {
    const server = createServer(socket => socket.on('error', () => {}).destroy()).unref()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen(path, () => resolve(server))
  })
}

/** Whether anybody listens there; who cannot be asked (another user's, or too busy to answer) does. */
function lives(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(path, () => {
      resolve(true)
      socket.destroy()
    })
    socket.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'),
    )
  })
}
