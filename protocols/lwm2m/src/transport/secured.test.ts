import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:tls'
import { ConformanceHost } from '@sutler/device-model/conformance'
import { Lwm2mDevice, streamLink } from '@sutler/simulators'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { manualClock } from '../../../../test/support/manual-clock.ts'
import { until } from '../../../../test/support/until.ts'
import { Lwm2mProtocol, tcpTransport, tlsTransport } from '../index.ts'
import { realClock } from '../test/harness.ts'
import type { CoapTransport } from '../index.ts'

const secret = '000102030405060708090a0b0c0d0e0f'
const key = Buffer.from(secret, 'hex')

let host: ConformanceHost
let protocol: Lwm2mProtocol
let problems: string[]

async function serve(transport: CoapTransport): Promise<{ host: string; port: number }> {
  protocol = new Lwm2mProtocol({
    transports: [transport],
    clock: realClock,
    randomBytes,
    plainToken: 'site',
    onProblem: ({ cause }) => problems.push(String(cause)),
  })
  await protocol.start(host)
  return { host: '127.0.0.1', port: protocol.ports.get(transport.kind)! }
}

beforeEach(async () => {
  problems = []
  host = new ConformanceHost()
  await host.start()
  host.admit('lwm2m', 'box-1', {
    device: 'box-1',
    class: 'gateway',
    accepts: ({ proof }) => 'preShared' in proof && proof.preShared === 'box-1',
    secret: { username: 'box-1', secret },
  })
})

afterEach(async () => {
  await protocol.stop()
  await host.stop()
})

describe('over TLS with a pre-shared key', () => {
  const options = { host: '127.0.0.1', port: 0, clock: realClock }

  test('a device registers under the name of its key, and is reached over its connection', async () => {
    const server = await serve(tlsTransport(options))
    const device = new Lwm2mDevice({ name: 'box-1', open: streamLink(server, { identity: 'box-1', key }) })
    await device.boot()
    await until(() => host.of('box-1', 'capabilities').length > 0)
    expect(protocol.reaches('box-1')).toBe(true)
    device.cut()
    await until(() => !protocol.reaches('box-1'))
  })

  test('a connection whose settings came stays, however long it is silent; one without them is ended', async () => {
    const clock = manualClock(Date.now())
    const server = await serve(tlsTransport({ ...options, clock }))
    const device = new Lwm2mDevice({ name: 'box-1', open: streamLink(server, { identity: 'box-1', key }) })
    await device.boot()
    clock.advance(3_600_000)
    await device.update()
    expect(device.registered).toBe(true)
    device.cut()
    const silent = connect({
      ...server,
      maxVersion: 'TLSv1.2',
      ciphers: 'PSK-AES128-GCM-SHA256:@SECLEVEL=0',
      pskCallback: () => ({ psk: key, identity: 'box-1' }),
      checkServerIdentity: () => undefined,
    })
    silent.resume()
    await once(silent, 'data')
    clock.advance(60_000)
    await once(silent, 'close')
    expect(problems.at(-1)).toContain('no settings came')
  })

  test('a wrong key, or the name of a key that there is not, gets no connection', async () => {
    const server = await serve(tlsTransport(options))
    for (const psk of [
      { identity: 'box-1', key: Buffer.alloc(16) },
      { identity: 'box-2', key },
    ]) {
      const device = new Lwm2mDevice({ name: 'box-1', open: streamLink(server, psk) })
      await expect(device.boot()).rejects.toThrow(/alert|ECONNRESET|socket|disconnected/i)
    }
    await until(() => problems.length >= 2)
    expect(host.said).toEqual([])
  })

  test('the key of one device does not let in another', async () => {
    const server = await serve(tlsTransport(options))
    host.admit('lwm2m', 'box-2', {
      device: 'box-2',
      class: 'gateway',
      accepts: ({ proof }) => 'preShared' in proof && proof.preShared === 'box-2',
    })
    const device = new Lwm2mDevice({ name: 'box-2', open: streamLink(server, { identity: 'box-1', key }) })
    await expect(device.boot()).rejects.toThrow('4.3')
    device.cut()
  })
})

test('over TCP a device registers, and is lost with its connection', async () => {
  const server = await serve(tcpTransport({ host: '127.0.0.1', port: 0, clock: realClock }))
  host.admit('lwm2m', 'box-3', { device: 'box-3', class: 'gateway', accepts: () => true })
  const device = new Lwm2mDevice({ name: 'box-3', open: streamLink(server) })
  await device.boot()
  await until(() => host.of('box-3', 'capabilities').length > 0)
  expect(protocol.reaches('box-3')).toBe(true)
  device.cut()
  await until(() => !protocol.reaches('box-3'))
})
