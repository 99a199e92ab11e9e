import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect as connectSocket, createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { connect } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConformanceHost } from '@sutler/device-model/conformance'
import { UspAgent } from '../../../simulators/src/usp/index.ts'
import { until } from '../../../test/support/until.ts'
import { createUspProtocol, ExternalBrokerTransport } from './index.ts'
import { clock, controller } from './test/harness.ts'

/** Against Debian's mosquitto, as the package’s guide sets it up: who publishes where is bound by access rules. */

const endpoint = 'os::0005B9-000000000077'
const device = 'stb-00000077'
const folder = mkdtempSync(join(tmpdir(), 'usp-mosquitto-'))
let broker: ChildProcess
let port: number

beforeAll(async () => {
  port = await freePort()
  writeFileSync(
    join(folder, 'acl'),
    'user hub\ntopic readwrite usp/#\npattern write usp/%u/controller\npattern read usp/%u/agent\n',
  )
  writeFileSync(
    join(folder, 'conf'),
    `listener ${port} 127.0.0.1\nallow_anonymous true\nacl_file ${join(folder, 'acl')}\npersistence false\nuser ${userInfo().username}\n`,
  )
  // Debian has it among the programs of the administrator, where an ordinary path does not look.
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin`
  broker = spawn('mosquitto', ['-c', join(folder, 'conf')], { stdio: 'ignore', env: { ...process.env, PATH: path } })
  const missing = await new Promise<Error | null>((resolve) => {
    broker.once('error', resolve)
    broker.once('spawn', () => resolve(null))
  })
  if (missing) throw new Error('this test needs mosquitto on the PATH: apt-get install mosquitto', { cause: missing })
  await until(async () => {
    const socket = connectSocket(port, '127.0.0.1')
    await once(socket, 'connect')
    return socket.destroy()
  })
})
afterAll(() => {
  broker?.kill()
  rmSync(folder, { recursive: true })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: free } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return free
}

test('over MQTT 5 on a broker of its own the agent is met by its topic, and what is of another type is left alone', async () => {
  const host = new ConformanceHost()
  await host.start()
  host.admit('usp', endpoint, {
    device,
    class: 'set-top-box',
    accepts: ({ proof }) => 'preShared' in proof && proof.preShared === endpoint,
  })
  const url = `mqtt://hub@127.0.0.1:${port}`
  const make = () =>
    createUspProtocol({ transports: [new ExternalBrokerTransport({ url, controller })], clock, controller })
  let protocol = make()
  host.serve(protocol)
  await protocol.start(host)
  const agent = new UspAgent({
    endpoint,
    controller,
    access: { over: 'mqtt', url: `mqtt://127.0.0.1:${port}`, version: 5, password: 'x' },
  })
  await agent.boot()
  await until(() => host.present.has(device))

  const content = Buffer.alloc(2000, 'guide 1.0.0\n')
  const component = host.component('guide', '1.0.0', { role: 'unit', files: [{ path: 'g', content }] })
  const ordered = { ...component, delivery: 'dlv-1', epoch: 1 }
  host.queue(device, ordered)
  await until(() => host.of(device, 'outcome').length === 1)
  expect(host.proves(host.of(device, 'outcome')[0]!, ordered)).toBe(true)

  // Another client of the broker, under a name of its own, and a payload that is no USP record by its type.
  const stranger = connect(`mqtt://127.0.0.1:${port}`, { protocolVersion: 5, username: 'os::stranger' })
  await stranger.publishAsync('usp/os::stranger/controller', 'x', { properties: { contentType: 'text/plain' } })
  await stranger.publishAsync(`usp/${endpoint}/controller`, 'x', { qos: 0, properties: { contentType: 'usp.msg' } })
  await stranger.endAsync()

  // Another hub finds the agent again by what is remembered, without a word of the agent's.
  await protocol.stop()
  host.present.clear()
  protocol = make()
  host.serve(protocol)
  await protocol.start(host)
  await until(async () => {
    await protocol.wake!(device)
    return host.present.has(device)
  })
  await agent.powerOff()
  await protocol.stop()
  await host.stop()
}, 40_000)
