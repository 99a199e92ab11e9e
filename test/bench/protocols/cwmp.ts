import { answer } from '@sutler/client'
import { CwmpDevice, node, plainDialect, writeMessage } from '@sutler/simulators/cwmp'
import { SaxesParser } from 'saxes'
import { parse, stringify } from 'txml/txml'
import { decode } from '../../../protocols/cwmp/src/wire/decode.ts'
import { encodeRequest, encodeResponse } from '../../../protocols/cwmp/src/wire/encode.ts'
import { informNode } from '../../../simulators/src/cwmp/device/inform.ts'
import { createHousehold } from '../../journeys/household.ts'
import type { HubProcess } from '../../support/hub-process.ts'
import { benchHub } from '../bench-hub.ts'
import { startProcess } from '../bench-process.ts'
import type { BenchOptions, Figures } from '../measure.ts'
import { rounds } from './codec.ts'
import { connections, requests } from './requests.ts'

/** Whole sessions of devices that have nothing to do and for which there is nothing to do; and what their XML costs. */
export async function cwmp(options: BenchOptions): Promise<Figures> {
  const codec = codecFigures(options)
  const alone = await protocolAlone(options)
  const hub = await benchHub(options, { SUTLER_PROTOCOLS: 'cwmp', SUTLER_CWMP_BASIC: 'always' })
  const household = await createHousehold(hub)
  const informs = await informsOf(hub.url, (identity) => addedTo(hub, household, identity))
  const { rate, cpu } = await sessions({ url: hub.url, pid: hub.pid }, informs, options)
  options.say(`sessions ${rate.value.toFixed(0)} 1/s; ${rate.against}`)
  return { 'protocols.cwmp.session': rate, 'protocols.cwmp.session_cpu': cpu, ...alone, ...codec }
}

/** What the protocol itself costs: the same sessions, with a host in memory behind it. */
async function protocolAlone(options: BenchOptions): Promise<Figures> {
  const program = startProcess('protocols/cwmp-process.ts')
  options.resources.defer(() => program.stop())
  const url = `http://127.0.0.1:${await program.ask<number>(identities)}`
  const informs = await informsOf(url, () => Promise.resolve('any'))
  const { rate, cpu } = await sessions({ url, pid: program.pid }, informs, options)
  return { 'protocols.cwmp.session_alone': rate, 'protocols.cwmp.session_alone_cpu': cpu }
}

function sessions(server: { url: string; pid: number }, informs: readonly string[], options: BenchOptions) {
  const body = encodeResponse({ id: 'cpe-1', minor: 0 }, { method: 'Inform' })
  const bare = { headers: { 'content-type': 'text/xml', 'content-length': String(body.length) }, body }
  const hub = { port: Number(new URL(server.url).port), pid: server.pid }
  // Each connection has an Inform of its own, and then says that it has no more.
  const request = [...informs, ...informs.map(() => postTo(server.url, '', ''))]
  return requests({ hub, request, status: [200, 204], per: 2, bare }, options, 'ratio ≥ 0.5')
}

const identities = Array.from({ length: connections }, (_, device) => `0000C0-Box-B${device}`)

/** The periodic Informs of devices that are known and settled, one for each connection. */
async function informsOf(url: string, passwordOf: (identity: string) => Promise<string>): Promise<string[]> {
  const informs: string[] = []
  for (const [device, name] of identities.entries()) {
    const identity = { manufacturer: 'Bench', oui: '0000C0', productClass: 'Box', serialNumber: `B${device}` }
    const login = { username: name, password: await passwordOf(name) }
    const cpe = new CwmpDevice({ acs: `${url}/cwmp`, login, identity, model: 'tr098', version: '1.0' })
    for (const log of [await cpe.bootstrap(), await cpe.periodic()])
      if (!log.ended) throw new Error(`a session of ${name} ended with ${log.status}`)
    const inform = writeMessage(
      plainDialect,
      { id: 'cpe-1' },
      informNode(cpe.model, identity, [{ code: '2 PERIODIC' }]),
    )
    const authorization = Buffer.from(`${login.username}:${login.password}`).toString('base64')
    informs.push(postTo(url, inform, `Authorization: Basic ${authorization}\r\n`))
  }
  return informs
}

async function addedTo(hub: HubProcess, household: string, identity: string): Promise<string> {
  const body = { household, class: 'gateway' as const, protocol: 'cwmp' as const, identity }
  return answer(await hub.api.POST('/api/v1/devices', { body })).credential!.secret!
}

function postTo(url: string, body: string, authorization: string): string {
  const head = ['POST /cwmp HTTP/1.1', `Host: ${new URL(url).host}`, `Content-Length: ${Buffer.byteLength(body)}`]
  return `${head.join('\r\n')}\r\n${authorization}\r\n${body}`
}

function codecFigures(options: BenchOptions): Figures {
  const device = [
    node('Manufacturer', 'A'),
    node('OUI', '00AABB'),
    node('ProductClass', 'B'),
    node('SerialNumber', 'C'),
  ]
  const list = Array.from({ length: 12 }, (_, at) => named(`Device.DeviceInfo.Parameter${at}`, `value ${at}`))
  const event = node('EventStruct', [node('EventCode', '2 PERIODIC'), node('CommandKey', '')])
  const inform = bytesOf(
    node('Inform', [
      node('DeviceId', device),
      node('Event', [event]),
      node('MaxEnvelopes', 1),
      node('ParameterList', list),
    ]),
  )
  const many = Array.from({ length: 500 }, (_, at) => named(`Device.WiFi.SSID.${at}.Name`, `network ${at}`))
  const values = bytesOf(node('GetParameterValuesResponse', [node('ParameterList', many)]))
  const names = Array.from({ length: 40 }, (_, at) => `Device.DeviceInfo.Parameter${at}`)
  const request = { method: 'GetParameterValues', names } as const
  const tree = parse(encodeRequest({ id: 'x', minor: 0 }, request))
  return {
    'protocols.cwmp.read_inform': rounds(
      () => decode(inform),
      () => parse(inform.toString('utf8')),
      'txml',
      options,
    ),
    'protocols.cwmp.read_inform_strict': rounds(
      () => decode(inform),
      () => bySaxes(inform),
      'saxes, which checks as much',
      options,
    ),
    'protocols.cwmp.read_500_values': rounds(
      () => decode(values),
      () => parse(values.toString('utf8')),
      'txml',
      options,
    ),
    'protocols.cwmp.write_request': rounds(
      () => encodeRequest({ id: 'x', minor: 0 }, request),
      () => stringify(tree),
      'txml',
      options,
    ),
  }
}

function bySaxes(bytes: Buffer): number {
  const parser = new SaxesParser({ xmlns: true, position: false })
  let elements = 0
  parser.on('opentag', () => elements++)
  parser.write(bytes.toString('utf8')).close()
  return elements
}

const named = (name: string, value: string) =>
  node('ParameterValueStruct', [node('Name', name), node('Value', value, 'string')])
const bytesOf = (message: ReturnType<typeof node>) => Buffer.from(writeMessage(plainDialect, { id: 'x' }, message))
