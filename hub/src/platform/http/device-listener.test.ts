import { connect } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { silentLog } from '../log.ts'
import { createDeviceListener, type DeviceListener } from './device-listener.ts'

let listener: DeviceListener
let port: number

beforeEach(async () => {
  listener = createDeviceListener({
    log: silentLog,
    raw: [
      (request, response) => {
        if (!request.url?.startsWith('/ddi/')) return false
        response.end('a poll')
        return true
      },
    ],
    upgrade: () => false,
    connectionLimit: 10,
  })
  port = await listener.listen('127.0.0.1', 0)
})

afterEach(() => listener.close())

it('serves what a protocol takes, and neither the API nor pages', async () => {
  expect(await (await fetch(`http://127.0.0.1:${port}/ddi/x`)).text()).toBe('a poll')
  for (const path of ['/api/v1/devices', '/', '/health', '/login']) {
    const refused = await fetch(`http://127.0.0.1:${port}${path}`)
    expect([refused.status, await refused.json()]).toMatchObject([404, { type: '/problems/no-such-route' }])
  }
})

it('answers a request for a WebSocket that no protocol takes, and ends the connection', async () => {
  const heard = await new Promise<string>((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('GET /usp HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
    )
    socket.setEncoding('utf8').on('data', (part: string) => (text += part))
    socket.on('end', () => resolve(text)).on('error', reject)
  })
  expect(heard).toMatch(/^HTTP\/1.1 404 /)
})

it('ends connections that stand when it closes', async () => {
  const socket = connect(port, '127.0.0.1')
  const closed = new Promise((resolve) => socket.once('close', resolve))
  await new Promise((resolve) => socket.once('connect', resolve))
  await listener.close()
  await closed
  expect(socket.destroyed).toBe(true)
})
