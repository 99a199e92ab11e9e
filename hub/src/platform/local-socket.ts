import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import type { Duplex } from 'node:stream'

/** Sockets of this machine's file system, for programs of the same user. */

/** Connections at once: hubs on this machine. */
const mostConnections = 64

/** Listens at a path that only this user can reach; what is left of an earlier server there is removed. */
export async function listenLocally(path: string, accept: (stream: Duplex) => void): Promise<Server> {
  rmSync(path, { force: true })
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    accept(socket)
  })
  server.maxConnections = mostConnections
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      resolve()
    })
  })
  chmodSync(path, 0o600)
  return server
}

/** A connection; it reports what goes wrong by its `close`. */
export function connectLocally(path: string): Duplex {
  const socket = connect(path)
  socket.on('error', () => socket.destroy())
  return socket
}
