import { answer } from '@sutler/client'
import { Encoder } from 'cbor-x'
import * as coapPacket from 'coap-packet'
import { typeOf } from '../../../protocols/lwm2m/src/mapping/object-types.ts'
import { decodeContent, encodeContent } from '../../../protocols/lwm2m/src/wire/content.ts'
import { decodeCbor } from '../../../protocols/lwm2m/src/wire/cbor-read.ts'
import { texts, uint } from '../../../protocols/lwm2m/src/wire/coap-message.ts'
import { decodeUdp, encodeUdp } from '../../../protocols/lwm2m/src/wire/coap-udp.ts'
import { format, option } from '../../../protocols/lwm2m/src/wire/numbers.ts'
import { createHousehold } from '../../journeys/household.ts'
import { freePort } from '../../support/free-port.ts'
import { benchHub } from '../bench-hub.ts'
import { startProcess } from '../bench-process.ts'
import { figure, median, type BenchOptions, type Figure, type Figures } from '../measure.ts'
import { rounds } from './codec.ts'
import type { CoapLoadAnswer, CoapLoadQuestion } from './coap-load-process.ts'

const token = 'a-network-for-benches'
const devices = 48

/** LwM2M devices that update, and that register and update, at a whole hub; and what reading and writing its messages costs. */
export async function lwm2m(options: BenchOptions): Promise<Figures> {
  const port = await freePort()
  const hub = await benchHub(options, {
    SUTLER_PROTOCOLS: 'lwm2m',
    SUTLER_LWM2M_LISTEN: `coap://127.0.0.1:${port}`,
    SUTLER_LWM2M_PLAIN_TOKEN: token,
  })
  const household = await createHousehold(hub)
  const network = { name: 'Bench', household, class: 'gateway' as const, approval: 'true' }
  const body = { protocol: 'lwm2m' as const, credential: { kind: 'token' as const, token }, ...network }
  answer(await hub.api.POST('/api/v1/gateway-credentials', { body }))
  const server = startProcess('protocols/raw-coap-process.ts')
  const load = startProcess('protocols/coap-load-process.ts')
  for (const program of [server, load]) options.resources.defer(() => program.stop())
  const bare = await server.ask<number>({})
  const beside = async (what: CoapLoadQuestion['what']): Promise<Figure> => {
    const rates = { hub: [] as number[], bare: [] as number[] }
    const [count, milliseconds] = options.quick ? [4, 500] : [12, 1000]
    for (let round = 0; round <= count; round++)
      for (const side of ['bare', 'hub'] as const) {
        const question: CoapLoadQuestion = { port: side === 'hub' ? port : bare, devices, milliseconds, what }
        const { answered, seconds } = await load.ask<CoapLoadAnswer>(question)
        if (round > 0) rates[side].push(answered / seconds)
      }
    const ratio = median(rates.hub.map((rate, round) => rate / rates.bare[round]!))
    const against = `bare node:dgram ${median(rates.bare).toFixed(0)} 1/s`
    options.say(`${what} ${median(rates.hub).toFixed(0)} 1/s; ${against}`)
    return figure(rates.hub, '1/s', { against, ratio, goal: 'ratio ≥ 0.5' })
  }
  return {
    'protocols.lwm2m.update': await beside('updates'),
    'protocols.lwm2m.register_and_update': await beside('registrations'),
    ...codec(options),
  }
}

const message = {
  type: 0,
  code: 2,
  id: 4711,
  token: Uint8Array.of(1, 2, 3, 4),
  options: [
    ...texts(option.uriPath, ['rd']),
    uint(option.contentFormat, format.link),
    ...texts(option.uriQuery, ['ep=urn:dev:box-1', 'lt=300', 'lwm2m=1.1', 'b=U']),
  ],
  payload: new TextEncoder().encode('</1/0>,</3/0>,</4/0>,</5/0>,</9/0>'),
} as const

const device = [
  ['0', 'ACME'],
  ['1', 'Box 7'],
  ['3', '2.0.0'],
  ['10', 4096],
  ['15', 'Europe/Berlin'],
  ['21', 16_384],
] as const
const entries = device.map(([resource, value]) => ({ path: `/3/0/${resource}`, value }))

function codec(options: BenchOptions): Figures {
  const datagram = Buffer.from(encodeUdp(message))
  const packet = coapPacket.parse(datagram)
  const cborX = new Encoder({ mapsAsObjects: false, useRecords: false, tagUint8Array: false } as object)
  const senmlCbor = encodeContent(entries, format.senmlCbor, '/3/0', typeOf)
  const senmlJson = Buffer.from(encodeContent(entries, format.senmlJson, '/3/0', typeOf))
  const tlv = encodeContent(entries, format.tlv, '/3/0', typeOf)
  const parsed = () => JSON.parse(senmlJson.toString('utf8')) as unknown
  return {
    'protocols.lwm2m.read_datagram': rounds(
      () => decodeUdp(datagram),
      () => coapPacket.parse(datagram),
      'coap-packet',
      options,
    ),
    'protocols.lwm2m.write_datagram': rounds(
      () => encodeUdp(message),
      () => coapPacket.generate(packet),
      'coap-packet',
      options,
    ),
    'protocols.lwm2m.read_cbor': rounds(
      () => decodeCbor(senmlCbor),
      () => cborX.decode(senmlCbor) as unknown,
      'cbor-x',
      options,
    ),
    'protocols.lwm2m.read_senml_cbor': rounds(
      () => decodeContent(senmlCbor, format.senmlCbor, '/3/0', typeOf),
      () => cborX.decode(senmlCbor) as unknown,
      'cbor-x without SenML',
      options,
    ),
    'protocols.lwm2m.read_senml_json': rounds(
      () => decodeContent(senmlJson, format.senmlJson, '/3/0', typeOf),
      parsed,
      'JSON.parse without SenML',
      options,
    ),
    'protocols.lwm2m.read_tlv': rounds(
      () => decodeContent(tlv, format.tlv, '/3/0', typeOf),
      parsed,
      'JSON.parse of the same in JSON',
      options,
    ),
  }
}
