import { createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Aedes } from 'aedes'
import { createNativeProtocol } from '../../../protocols/native/src/index.ts'
import type { ProtocolHost } from '../../../packages/device-model/src/index.ts'
import { mqttBroker } from '../../support/mqtt-broker.ts'
import { serveParent } from '../bench-process.ts'

/** What takes the connections: the hub's broker with the native protocol on it, Aedes as it comes, or nothing but a socket. */
export type ServerKind = 'hub' | 'aedes' | 'sockets'

/** Starts one, or says how much memory the process has after a collection, bytes. */
export type ServerQuestion = { readonly start: ServerKind } | { readonly memory: true }

const starts: Readonly<Record<ServerKind, () => Promise<number>>> = {
  async hub() {
    const broker = mqttBroker({
      total: 100_000,
      perAddress: 100_000,
      perLoopback: 100_000,
      pending: 10_000,
      connectDeadline: 30_000,
      authenticateDeadline: 30_000,
      drainDeadline: 30_000,
      keepAliveLimit: 3_600,
      messageLimit: 262_272,
      authenticate: async () => true,
    })
    // Everything is taken at once: what the modules do with it is measured elsewhere.
    const host = { inputs: async (_device: string, inputs: readonly unknown[]) => inputs.map(() => null) }
    const rest = { outputTaken: () => {}, reachable: () => {}, unreachable: () => {} }
    await createNativeProtocol({ transport: broker }).start({ ...host, ...rest } as unknown as ProtocolHost)
    return broker.listenPlain(0)
  },
  async aedes() {
    const broker = await Aedes.createBroker()
    return listen((socket) => broker.handle(socket))
  },
  sockets: () =>
    listen(
      (socket) => void socket.on('error', () => {}).on('data', (bytes) => bytes[0] === 0x10 && socket.write(accepted)),
    ),
}
const accepted = Buffer.from([0x20, 2, 0, 0])

function listen(accept: (socket: Socket) => void): Promise<number> {
  const server = createServer({ noDelay: true }, accept)
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
}

serveParent(async (question: ServerQuestion) => {
  if ('start' in question) return starts[question.start]()
  for (let turn = 0; turn < 3; turn++) {
    // One that compacts, as V8 makes it when memory is short: what is free between objects is no device's.
    await globalThis.gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' })
    await sleep(200)
  }
  return process.memoryUsage.rss()
})
