import { AgentError } from '../../core/errors.ts'
import type { Socket, SocketEvents, Sockets } from '../../core/platform.ts'

/** Bytes a hub may leave unread before the connection counts as broken. */
const mostBuffered = 4_194_304

/** MQTT over WebSocket (MQTT 3.1.1, 6): the only sockets that a page has. */
export const browserSockets: Sockets = {
  addressOf: (_mqtt, hub) => `${hub.replace(/^http/, 'ws')}/mqtt`,
  connect: (url, timeout, events) => open(new WebSocket(url, 'mqtt'), url, timeout, events),
}

function open(socket: WebSocket, url: string, timeout: number, events: SocketEvents): Promise<Socket> {
  socket.binaryType = 'arraybuffer'
  return new Promise((resolve, reject) => {
    let connected = false
    const late = setTimeout(() => end(`no connection to ${url} within ${timeout} ms`), timeout)
    // Said once; what comes after, from a socket that is closing, is of no interest.
    let end = (reason: string): void => {
      end = () => undefined
      clearTimeout(late)
      socket.close()
      if (connected) events.closed(reason)
      else reject(new AgentError('network', reason))
    }
    socket.addEventListener('open', () => {
      connected = true
      clearTimeout(late)
      resolve({ write: (bytes) => write(socket, bytes, end), close: () => socket.close() })
    })
    socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => events.data(new Uint8Array(data)))
    socket.addEventListener('close', ({ reason }) =>
      end(reason || (connected ? 'the connection was closed' : `${url} cannot be reached`)),
    )
  })
}

function write(socket: WebSocket, bytes: Uint8Array, end: (reason: string) => void): void {
  if (socket.readyState !== WebSocket.OPEN) return
  socket.send(bytes as Uint8Array<ArrayBuffer>)
  if (socket.bufferedAmount > mostBuffered) end('the hub does not read')
}
