import { chmod, unlink } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { isMainThread } from 'node:worker_threads'
import { HangarError, listen, messageOf } from '@hangar/runtime'

/** The local console: a unix socket for this machine's owner of the device alone. What a dead device left there is taken over. */
export async function listenConsole(
  path: string,
  accept: (socket: Socket) => void,
): Promise<{ close(): Promise<void> }> {
  if (!(await answers(path))) await unlink(path).catch(() => {})
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    socket.on('error', () => {})
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    accept(socket)
  })
  try {
    await privately(() => listen(server, { path }))
    await chmod(path, 0o600)
  } catch (error) {
    throw new HangarError('HGR_DIRECTORY', `cannot open the console at ${path}: ${messageOf(error)}`, { cause: error })
  }
  return {
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

function answers(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(path, () => {
      resolve(true)
      socket.destroy()
    })
    socket.on('error', () => resolve(false))
  })
}

/** Makes a file that is not open to others for even the moment between bind (which listen does at once) and chmod. Threads have no umask of their own. */
function privately<T>(make: () => T): T {
  const before = isMainThread ? process.umask(0o177) : undefined
  try {
    return make()
  } finally {
    if (before !== undefined) process.umask(before)
  }
}
