import { randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { ConformanceHost } from '@sutler/device-model/conformance'
import { Lwm2mDevice } from '@sutler/simulators'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mutations } from '../../../../test/support/thoroughness.ts'
import { until } from '../../../../test/support/until.ts'
import { dtlsTransport, Lwm2mProtocol } from '../index.ts'
import { dtlsLink } from '../test/dtls-link.ts'
import { fuzz } from '../test/fuzz.ts'
import { realClock } from '../test/harness.ts'
import { readClientHello, readFragments, readKeyIdentity, writeMessage } from './dtls/messages.ts'
import { readRecords, writeRecord } from './dtls/records.ts'
import { ReplayWindow } from './dtls/replay-window.ts'
import { prf, Protection, recordNumber, suites } from './dtls/suites.ts'

const secret = '000102030405060708090a0b0c0d0e0f'
const key = Buffer.from(secret, 'hex')

/** A ClientHello as a client without cookie sends it: CCM_8, extended master secret. */
function clientHello(cookie = Buffer.alloc(0)): Buffer {
  const suite = Buffer.from('000400ffc0a8', 'hex')
  const extensions = Buffer.from('000400170000', 'hex')
  const head = Buffer.concat([Buffer.from('fefd', 'hex'), Buffer.alloc(32, 7), Buffer.from([0])])
  return Buffer.concat([head, Buffer.from([cookie.length]), cookie, suite, Buffer.from([1, 0]), extensions])
}

const helloRecord = writeRecord({ type: 22, epoch: 0, sequence: 0, fragment: writeMessage(1, 0, clientHello()) })

describe('what DTLS is made of', () => {
  test('the PRF gives the published test vector of P_SHA256', () => {
    const given = (hex: string) => Buffer.from(hex, 'hex')
    const output = prf(
      given('9bbe436ba940f017b17652849a71db35'),
      'test label',
      given('a0ba9f936cda311827a6f796ffd5198c'),
      100,
    )
    expect(output.subarray(0, 16).toString('hex')).toBe('e3f229ba727be17b8d122620557cd453')
  })

  test.each(suites)('what suite $id seals only its own key, number and type open', (suite) => {
    const sealing = new Protection(suite, Buffer.alloc(16, 1), Buffer.alloc(4, 2))
    const sealed = sealing.seal(23, recordNumber(1, 5), Buffer.from('coap'))
    expect(sealing.open(23, recordNumber(1, 5), sealed)?.toString()).toBe('coap')
    expect(sealing.open(22, recordNumber(1, 5), sealed)).toBeNull()
    expect(sealing.open(23, recordNumber(1, 6), sealed)).toBeNull()
    expect(
      new Protection(suite, Buffer.alloc(16, 9), Buffer.alloc(4, 2)).open(23, recordNumber(1, 5), sealed),
    ).toBeNull()
    for (let at = 0; at < sealed.length; at++) {
      const bent = Buffer.from(sealed)
      bent[at]! ^= 1
      expect(sealing.open(23, recordNumber(1, 5), bent)).toBeNull()
    }
    expect(sealing.open(23, recordNumber(1, 5), sealed.subarray(0, 10))).toBeNull()
  })

  test('a record number is taken once, and not when it is too old', () => {
    const window = new ReplayWindow()
    for (const number of [3, 1, 70]) {
      expect(window.open(number)).toBe(true)
      window.take(number)
      expect(window.open(number)).toBe(false)
    }
    expect(window.open(6)).toBe(false)
    expect(window.open(7)).toBe(true)
    expect(window.open(200)).toBe(true)
  })

  test('hostile records and handshakes are refused with clause and offset', () => {
    expect(fuzz([helloRecord], readRecords)).toEqual([])
    expect(fuzz([writeMessage(1, 0, clientHello())], readFragments)).toEqual([])
    expect(fuzz([clientHello(), clientHello(Buffer.alloc(16))], readClientHello)).toEqual([])
    expect(fuzz([Buffer.from('0005626f782d31', 'hex')], readKeyIdentity)).toEqual([])
  })
})

describe('over DTLS with a pre-shared key', () => {
  let host: ConformanceHost
  let protocol: Lwm2mProtocol
  let problems: string[]
  let server: { host: string; port: number }
  let stranger: Socket

  beforeEach(async () => {
    problems = []
    host = new ConformanceHost()
    await host.start()
    const accepts: Parameters<ConformanceHost['admit']>[2]['accepts'] = ({ proof }) => 'preShared' in proof
    host.admit('lwm2m', 'box-1', { device: 'box-1', class: 'gateway', accepts, secret: { username: 'box-1', secret } })
    const dtls = dtlsTransport({ host: '127.0.0.1', port: 0, clock: realClock, random: Math.random })
    const onProblem = ({ cause }: { cause: unknown }) => problems.push(String(cause))
    protocol = new Lwm2mProtocol({ transports: [dtls], clock: realClock, randomBytes, plainToken: null, onProblem })
    await protocol.start(host)
    server = { host: '127.0.0.1', port: protocol.ports.get('coaps')! }
    stranger = createSocket('udp4')
    stranger.bind(0, '127.0.0.1')
    await once(stranger, 'listening')
  })

  afterEach(async () => {
    stranger.close()
    await protocol.stop()
    await host.stop()
  })

  test('a device registers under the name of its key, and the hub reads what it is over the same association', async () => {
    const device = new Lwm2mDevice({ name: 'box-1', open: dtlsLink(server, 'box-1', key) })
    await device.boot()
    await until(() => host.of('box-1', 'capabilities').length > 0)
    expect(host.of('box-1', 'capabilities')[0]!.report.hardware.model).toBe('Sensor 1')
    device.cut()
    await until(() => !protocol.reaches('box-1'))
  })

  test('a wrong key, or the name of a key that there is not, gets no association', async () => {
    for (const [name, its] of [
      ['box-1', Buffer.alloc(16)],
      ['box-9', key],
    ] as const) {
      const device = new Lwm2mDevice({ name: 'box-1', open: dtlsLink(server, name, its) })
      await expect(device.boot()).rejects.toThrow(/alert|expired|closed|handshake|timeout|DTLS/i)
    }
    expect(host.said).toEqual([])
  })

  test('nothing is kept of a client that does not show that it gets what is sent to its address', async () => {
    stranger.send(helloRecord, server.port, server.host)
    const [answer] = (await once(stranger, 'message')) as [Buffer]
    const [record] = readRecords(answer)
    expect(record!.fragment[0]).toBe(3)
    // Smaller than what was sent: nobody else can be flooded through it.
    expect(answer.length).toBeLessThanOrEqual(helloRecord.length)
    const wrong = writeRecord({
      type: 22,
      epoch: 0,
      sequence: 1,
      fragment: writeMessage(1, 1, clientHello(Buffer.alloc(16))),
    })
    stranger.send(wrong, server.port, server.host)
    const [again] = (await once(stranger, 'message')) as [Buffer]
    expect(readRecords(again)[0]!.fragment[0]).toBe(3)
  })

  test('a flood of hostile datagrams changes nothing for a device that is in', async () => {
    const device = new Lwm2mDevice({ name: 'box-1', open: dtlsLink(server, 'box-1', key) })
    await device.boot()
    for (let round = 0; round < Math.min(mutations, 5000); round++) {
      const bytes = Buffer.from(helloRecord)
      bytes[round % bytes.length]! ^= 1 << (round % 8)
      stranger.send(bytes, server.port, server.host)
      if (round % 500 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    await device.update()
    expect(protocol.reaches('box-1')).toBe(true)
    device.cut()
  })
})
