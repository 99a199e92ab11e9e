import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BodyRefused, readBody } from './body.ts'

let server: Server
let socket: Socket
let patience: number

beforeEach(async () => {
  patience = 10_000
  server = createServer((request, response) => {
    readBody(request, 10, patience).then(
      (body) => response.end(`read ${body}`),
      (error: unknown) => response.end(error instanceof BodyRefused ? `refused ${error.fault}` : String(error)),
    )
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
})
afterEach(() => {
  socket.destroy()
  server.closeAllConnections()
  server.close()
})

/** What the server says to a POST whose body comes in these pieces. */
async function answerTo(framing: string, ...pieces: string[]): Promise<string> {
  socket.write(`POST / HTTP/1.1\r\nhost: h\r\n${framing}\r\n\r\n`)
  for (const piece of pieces) socket.write(piece)
  let heard = ''
  for await (const part of socket) {
    heard += String(part)
    const said = /(?:read|refused) [\w-]*/.exec(heard)
    if (said) return said[0]
  }
  return heard
}

test('a body is read whole, in however many pieces it comes', async () => {
  expect(await answerTo('content-length: 6', 'abc', 'def')).toBe('read abcdef')
})

test('a body that says it is longer than it may be is not waited for', async () => {
  expect(await answerTo('content-length: 11')).toBe('refused too-large')
})

test('a body that does not say its length is refused once it is too long', async () => {
  expect(await answerTo('transfer-encoding: chunked', '8\r\nabcdefgh\r\n', '3\r\nijk\r\n')).toBe('refused too-large')
})

test('a body that does not arrive in time is refused', async () => {
  patience = 20
  expect(await answerTo('content-length: 6', 'abc')).toBe('refused late')
})

test('a connection that ends before the body does is told of', async () => {
  const refused = new Promise((resolve) => {
    server.removeAllListeners('request').on('request', (request) => {
      readBody(request, 10, patience).catch((error: BodyRefused) => resolve(error.fault))
      socket.destroy()
    })
  })
  socket.write('POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 6\r\n\r\nabc')
  expect(await refused).toBe('cut-off')
})
