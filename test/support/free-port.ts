import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** A port of this machine that nobody has at the moment, neither of TCP nor of UDP. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const socket = createSocket('udp4')
  try {
    socket.bind(port, '127.0.0.1')
    await once(socket, 'listening')
    return port
  } catch {
    return freePort()
  } finally {
    socket.close()
    await new Promise((resolve) => server.close(resolve))
  }
}
