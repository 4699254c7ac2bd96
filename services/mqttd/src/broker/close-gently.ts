import type { Socket } from 'node:net'
import type { Clock } from '@hangar/runtime'

/** What a peer may take to close its side, ms. */
const patience = 1000

/**
 * Ends a connection with a FIN after what was written, and reads on into nothing until the peer closes as well: a close
 * with unread input would be a reset, which may destroy what the peer has not read yet.
 */
export function closeGently(socket: Socket, clock: Clock): void {
  if (socket.destroyed) return
  socket.removeAllListeners('data')
  socket.on('error', () => socket.destroy())
  const cancel = clock.after(patience, () => socket.destroy())
  socket.once('close', cancel)
  socket.once('end', () => socket.destroy())
  socket.end()
  socket.resume()
}
