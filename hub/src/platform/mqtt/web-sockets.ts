import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocketServer } from 'ws'

export interface WebSocketOptions {
  /** Largest WebSocket message, bytes; an MQTT packet may be in several. */
  readonly messageLimit: number
  /** Takes the bytes of one connection. @param address of the other end */
  readonly accept: (stream: Duplex, address: string) => void
}

/** Where MQTT is spoken over WebSocket (MQTT 3.1.1, 6), on the web server's port. */
const path = '/mqtt'

/** Answers requests to upgrade: MQTT at its own path, nothing else. What is within is guarded as any connection is. */
export function mqttOverWebSocket({ messageLimit, accept }: WebSocketOptions) {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: messageLimit,
    perMessageDeflate: false,
    // [MQTT-6.0.0-3]
    handleProtocols: (offered) => (offered.has('mqtt') ? 'mqtt' : false),
  })
  return (incoming: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const offered = String(incoming.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/)
    if (incoming.url !== path || !offered.includes('mqtt')) {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
      return
    }
    socket.on('error', () => socket.destroy())
    const address = incoming.socket.remoteAddress ?? ''
    server.handleUpgrade(incoming, socket, head, (webSocket) => {
      const stream = createWebSocketStream(webSocket)
      // Ends with an error when the other side just leaves; whoever reads it is told by its close.
      stream.on('error', () => {})
      accept(stream, address)
    })
  }
}
