import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { fromDatagram, message, textsOf, toDatagram } from '../../../simulators/src/lwm2m/coap.ts'
import { serveParent } from '../bench-process.ts'

/** What LwM2M is measured against: a bare `node:dgram` server that answers every registration and update, and knows nobody. */
serveParent(async () => {
  const socket = createSocket('udp4')
  const location: [number, Buffer][] = [
    [8, Buffer.from('rd')],
    [8, Buffer.from('abcdefghijklmnop')],
  ]
  socket.on('message', (bytes, from) => {
    const { id, token, ...asked } = fromDatagram(bytes)
    const registers = textsOf({ id, token, ...asked }, 11).length === 1
    const answer = registers
      ? message(0x41, { type: 2, id, token, options: location })
      : message(0x44, { type: 2, id, token })
    socket.send(toDatagram(answer), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket.address().port
})
