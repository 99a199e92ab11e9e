import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import protobuf from 'protobufjs'
import { WebSocketServer, type WebSocket } from 'ws'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { Conversation } from '../../../protocols/usp/src/agent/conversation.ts'
import { WebSocketTransport } from '../../../protocols/usp/src/transport/web-socket.ts'
import {
  decodeMessage,
  decodeRecord,
  encodeMessage,
  encodeRecord,
  type MessageDraft,
  type RecordDraft,
} from '../../../protocols/usp/src/wire/index.ts'
import { startProcess } from '../bench-process.ts'
import { figure, median, type BenchOptions, type Figure, type Figures } from '../measure.ts'
import { rounds } from './codec.ts'
import type { AgentQuestion } from './usp-agent-process.ts'

const controller = 'self::sutler'
const endpoint = 'os::0005B9-000000000001'
const paths = ['Device.DeviceInfo.']
/** Requests that wait for an answer at once. */
const atOnce = 12

/** A Get and its answer over WebSocket, beside a bare WebSocket server with the same agent; and what records and messages cost. */
export async function usp(options: BenchOptions): Promise<Figures> {
  const figures = { 'protocols.usp.get_round_trip': await roundTrips(options), ...codec(options) }
  const { value, against } = figures['protocols.usp.get_round_trip']
  options.say(`USP Get round trips ${value.toFixed(0)} 1/s; ${against}`)
  return figures
}

async function roundTrips({ quick, resources }: BenchOptions): Promise<Figure> {
  const own = await connected(resources, ownServer)
  const bare = await connected(resources, bareServer)
  const [count, milliseconds] = quick ? [6, 300] : [15, 600]
  const rates = { own: [] as number[], bare: [] as number[] }
  for (let round = 0; round <= count; round++) {
    const theirs = await rate(bare, milliseconds)
    const mine = await rate(own, milliseconds)
    if (round === 0) continue
    rates.bare.push(theirs)
    rates.own.push(mine)
  }
  const ratio = median(rates.own.map((value, round) => value / rates.bare[round]!))
  const against = `bare ws ${median(rates.bare).toFixed(0)} 1/s`
  return figure(rates.own, '1/s', { against, ratio, goal: 'ratio ≥ 0.5' })
}

type Ask = () => Promise<unknown>
type Resources = BenchOptions['resources']
type ServerMaker = (server: ReturnType<typeof createServer>, ready: (ask: Ask) => void) => void

async function connected(resources: Resources, make: ServerMaker): Promise<Ask> {
  const server = createServer()
  resources.defer(() => void server.close().closeAllConnections())
  const asks = new Promise<Ask>((resolve) => make(server, resolve))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const agent = startProcess('protocols/usp-agent-process.ts')
  resources.defer(() => agent.stop())
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/usp/a-token-of-the-bench`
  const question: AgentQuestion = { url, endpoint, controller }
  await agent.ask(question)
  return asks
}

const ownServer: ServerMaker = (server, ready) => {
  const transport = new WebSocketTransport(systemClock)
  server.on('upgrade', (incoming, socket, head) => void transport.upgrade(incoming, socket, head))
  void transport.start({
    admit: async () => ({ device: 'dev-00000001', class: 'set-top-box' }),
    connected(link) {
      const nothing = (): void => {}
      const events = { notify: nothing, disconnected: nothing, problem: nothing }
      const conversation = new Conversation(link, controller, systemClock, events)
      ready(() => conversation.get(paths))
      return { record: (bytes) => conversation.receive(bytes), closed: () => conversation.end() }
    },
  })
}

/** The same bytes, made once, and nothing done with what comes. */
const bareServer: ServerMaker = (server, ready) => {
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  sockets.on('connection', (socket: WebSocket) => {
    const waiting: (() => void)[] = []
    const request = encodeRecord(recordWith(encodeMessage({ id: 'bench-00001', request: getRequest })))
    socket.on('message', () => waiting.shift()?.())
    ready(
      () =>
        new Promise<void>((resolve) => {
          waiting.push(resolve)
          socket.send(request)
        }),
    )
  })
}

async function rate(ask: Ask, milliseconds: number): Promise<number> {
  const began = performance.now()
  let done = 0
  const one = async (): Promise<void> => {
    while (performance.now() < began + milliseconds) {
      await ask()
      done++
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return (done * 1000) / (performance.now() - began)
}

const getRequest = { case: 'get', value: { paramPaths: paths } } as const

function recordWith(payload: Uint8Array): RecordDraft {
  return {
    version: '1.4',
    toId: endpoint,
    fromId: controller,
    recordType: { case: 'noSessionContext', value: { payload } },
  }
}

function standardType(kind: 'msg' | 'record'): protobuf.Type {
  const file = new URL(`../../../protocols/usp/schema/usp-${kind}-1-4.proto`, import.meta.url)
  return protobuf.parse(readFileSync(file, 'utf8')).root.lookupType(kind === 'msg' ? 'usp.Msg' : 'usp_record.Record')
}

/** An answer of 60 parameters, and a command, each in its record. */
function codec(options: BenchOptions): Figures {
  const [record, message] = [standardType('record'), standardType('msg')]
  const resultParams = new Map(Array.from({ length: 60 }, (_, n) => [`Parameter${n}`, `value ${n} of the device`]))
  const resolved = { resolvedPath: 'Device.DeviceInfo.', resultParams }
  const answer: MessageDraft = {
    id: 'a1b2c3d4-17',
    response: {
      case: 'getResp',
      value: { reqPathResults: [{ requestedPath: 'Device.DeviceInfo.', resolvedPathResults: [resolved] }] },
    },
  }
  const inputArgs = { URL: 'https://hub.example.net/files/abc?d=dev-1', UUID: '6f1c5b0e-8a43-5d0b-9d52-1f7702c4aa19' }
  const operate = { command: 'Device.SoftwareModules.InstallDU()', commandKey: 'dlv-1.1', sendResp: true }
  const command: MessageDraft = {
    id: 'a1b2c3d4-18',
    request: { case: 'operate', value: { ...operate, inputArgs: new Map(Object.entries(inputArgs)) } },
  }
  const theirs = {
    header: { msgId: 'a1b2c3d4-18', msgType: 6 },
    body: { request: { operate: { ...operate, inputArgs } } },
  }
  const bytes = encodeRecord(recordWith(encodeMessage(answer)))
  const readOwn = (): unknown => {
    const { recordType } = decodeRecord(bytes)
    return recordType.case === 'noSessionContext' && decodeMessage(recordType.value.payload)
  }
  const readPeer = (): unknown => {
    const { noSessionContext } = record.decode(bytes) as unknown as { noSessionContext: { payload: Uint8Array } }
    return message.decode(noSessionContext.payload)
  }
  const writeOwn = (): unknown => encodeRecord(recordWith(encodeMessage(command)))
  const writePeer = (): unknown => {
    const payload = message.encode(theirs).finish()
    return record.encode({ version: '1.4', toId: endpoint, fromId: controller, noSessionContext: { payload } }).finish()
  }
  return {
    'protocols.usp.read_get_response': rounds(readOwn, readPeer, 'protobufjs', options),
    'protocols.usp.write_operate': rounds(writeOwn, writePeer, 'protobufjs', options),
  }
}
