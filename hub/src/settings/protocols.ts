import { z } from 'zod'
import { count, port, text, time, url, type Setting } from './setting.ts'

const coapAddress = /^(coaps?(?:\+tcp)?):\/\/(?:\[([0-9a-f:]+)\]|([^\s:/[\]]+)):(\d{1,5})$/
const uspEndpoint = text.regex(
  /^[a-z]{2,12}:[0-9A-Za-z.-]{0,64}:[A-Za-z0-9._:%-]{1,200}$/,
  'must be an endpoint id, for example self::sutler',
)
const foreignProtocols = ['ddi', 'mender', 'cwmp', 'usp', 'lwm2m'] as const
export type ForeignProtocol = (typeof foreignProtocols)[number]

/** Names separated by commas, each once. */
const protocolList: z.ZodType<readonly ForeignProtocol[], string> = z.string().transform((value, context) => {
  const names = [...new Set(value.split(',').map((name) => name.trim()))].filter((name) => name !== '')
  const known = foreignProtocols.filter((name) => names.includes(name))
  const unknown = names.find((name) => !(foreignProtocols as readonly string[]).includes(name))
  if (unknown === undefined) return known
  context.addIssue(`“${unknown}” is no protocol: use ${foreignProtocols.join(', ')}`)
  return z.NEVER
})

/** IP addresses separated by commas. */
const addressList: z.ZodType<readonly string[], string> = z.string().transform((value, context) => {
  const addresses = value
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '')
  const wrong = addresses.find((address) => !/^[0-9a-fA-F.:]{2,45}$/.test(address))
  if (wrong === undefined) return addresses
  context.addIssue(`“${wrong}” is no IP address`)
  return z.NEVER
})

interface CoapListener {
  readonly kind: 'coap' | 'coaps' | 'coap+tcp' | 'coaps+tcp'
  readonly host: string
  readonly port: number
}

/** Addresses such as `coaps://0.0.0.0:5684`, separated by commas, each kind once. */
const coapListeners: z.ZodType<readonly CoapListener[], string> = z.string().transform((value, context) => {
  const listeners = value.split(',').flatMap((address): CoapListener[] => {
    const [, kind, bracketed, plain, digits] = coapAddress.exec(address.trim()) ?? []
    const host = bracketed ?? plain
    if (kind === undefined || host === undefined || Number(digits) > 65_535) {
      context.addIssue(`“${address}” is no address such as coaps://0.0.0.0:5684`)
      return []
    }
    return [{ kind: kind as CoapListener['kind'], host, port: Number(digits) }]
  })
  if (new Set(listeners.map(({ kind }) => kind)).size < listeners.length)
    context.addIssue('has a kind of listener twice')
  return listeners
})

/** Networks separated by commas; whether each is one is judged by who uses them. */
const networks: z.ZodType<readonly string[], string> = z.string().transform((value, context) => {
  const given = value.split(',').map((network) => network.trim())
  const named = given.filter((network) => network !== '')
  const wrong = named.find((network) => !/^[0-9A-Fa-f.:]+(?:\/\d{1,3})?$/.test(network))
  if (wrong === undefined) return named
  context.addIssue(`“${wrong}” is no network such as 10.0.0.0/8`)
  return z.NEVER
})

/** Protocols that devices may speak beside the hub’s own. */
export const protocolsSettings = {
  protocols: {
    name: 'SUTLER_PROTOCOLS',
    standard: '',
    schema: protocolList,
    description:
      'Protocols that devices may speak beside the hub’s own: any of ddi, mender, cwmp, usp, lwm2m, separated by commas. Empty = none.',
  },
  lwm2mListen: {
    name: 'SUTLER_LWM2M_LISTEN',
    standard: 'coaps://127.0.0.1:5684,coaps+tcp://127.0.0.1:5684',
    schema: coapListeners,
    description:
      'Where LwM2M is served when SUTLER_PROTOCOLS has it: addresses with coaps (DTLS), coaps+tcp (TLS), coap or coap+tcp (without security), separated by commas.',
  },
  lwm2mPlainToken: {
    name: 'SUTLER_LWM2M_PLAIN_TOKEN',
    standard: null,
    schema: text,
    secret: true,
    description:
      'Gateway token of the network that LwM2M listeners without security are in: whoever registers there is taken for one of its devices. Absent = devices without security are refused.',
  },
  deviceHttpHost: {
    name: 'SUTLER_DEVICE_HTTP_HOST',
    standard: '127.0.0.1',
    schema: text,
    description:
      'Address of the listeners for devices that cannot do TLS; see SUTLER_DEVICE_HTTP_PORT and SUTLER_DEVICE_MQTT_PORT.',
  },
  deviceHttpPort: {
    name: 'SUTLER_DEVICE_HTTP_PORT',
    standard: null,
    schema: port,
    description:
      'Port on which the protocols of SUTLER_PROTOCOLS and files are served without TLS, and nothing else: for devices that cannot do TLS, in a network of the operator’s. Absent = none.',
  },
  deviceMqttPort: {
    name: 'SUTLER_DEVICE_MQTT_PORT',
    standard: null,
    schema: port,
    description:
      'Port at SUTLER_DEVICE_HTTP_HOST on which devices of SUTLER_PROTOCOLS that speak over MQTT are let in without TLS, and native devices are not: for a network of the operator’s, or a proxy that ends TLS. Absent = none.',
  },
  deviceUrl: {
    name: 'SUTLER_DEVICE_URL',
    standard: null,
    schema: url('https', 'http'),
    description:
      'URL at which devices that speak another protocol than the hub’s own reach it: it is in the links to files that they are given. Absent = that of SUTLER_DEVICE_HTTP_PORT where there is one, else the hub’s.',
  },
  deviceFronts: {
    name: 'SUTLER_DEVICE_FRONTS',
    standard: '',
    schema: addressList,
    description:
      'Addresses of proxies that end TLS for devices of SUTLER_PROTOCOLS, separated by commas: from them alone a client certificate and the device’s own address are believed. Empty = none.',
  },
  deviceCertificateHeader: {
    name: 'SUTLER_DEVICE_CERTIFICATE_HEADER',
    standard: 'x-client-certificate',
    schema: z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be the name of a header in lower case'),
    description:
      'Header in which such a proxy passes on the client’s certificate: its SHA-256 in hexadecimal, or itself as PEM, percent-encoded. The proxy must remove it from what clients send.',
  },
  ddiPoll: {
    name: 'SUTLER_DDI_POLL',
    standard: '5min',
    schema: time,
    description:
      'How long a DDI device sleeps between two polls, a tenth more or less; a tenth of it while something is under way.',
  },
  ddiUpdates: {
    name: 'SUTLER_DDI_UPDATES',
    standard: 'forced',
    schema: z.enum(['forced', 'soft']),
    description:
      'How DDI devices are told to update where the order does not say by when: at once, or when it suits them. With a requested completion they may choose until then.',
  },
  ddiConfirmation: {
    name: 'SUTLER_DDI_CONFIRMATION',
    standard: 'hub',
    schema: z.enum(['hub', 'device']),
    description:
      'Who agrees to an update of a DDI device: the hub, by the consent that policy asks for, or beside that the device itself. A device may choose for itself.',
  },
  cwmpInformInterval: {
    name: 'SUTLER_CWMP_INFORM_INTERVAL',
    standard: '1h',
    schema: time,
    description:
      'How often a device that speaks CWMP (TR-069) comes by itself; at least one minute. It is set on the device.',
  },
  cwmpBasic: {
    name: 'SUTLER_CWMP_BASIC',
    standard: 'encrypted',
    schema: z.enum(['never', 'encrypted', 'always']),
    description:
      'Where a CWMP device may show its password by HTTP Basic in place of Digest: `encrypted` = with TLS only. `always` sends passwords through the network as they are.',
  },
  cwmpConnectionRequests: {
    name: 'SUTLER_CWMP_CONNECTION_REQUESTS',
    standard: '',
    schema: networks,
    description:
      'Networks into which the hub may send CWMP connection requests, by which it calls a device, separated by commas, for example `10.0.0.0/8`. Empty = none: devices come at their own times.',
  },
  cwmpSessions: {
    name: 'SUTLER_CWMP_SESSIONS',
    standard: '2000',
    schema: count,
    description: 'CWMP sessions open at once; devices beyond are told to come later, each at another time.',
  },
  uspEndpoint: {
    name: 'SUTLER_USP_ENDPOINT',
    standard: 'self::sutler',
    schema: uspEndpoint,
    description: 'Endpoint id of the hub as a USP controller: agents are set up with it as their controller’s.',
  },
  uspMqttUrl: {
    name: 'SUTLER_USP_MQTT_URL',
    standard: null,
    schema: url('mqtts', 'mqtt'),
    description:
      'MQTT 5 broker of the operator’s over which USP agents are reached, with user name and password in the URL. It must let each agent publish to usp/<its user name>/controller only. Set it at one hub of several. Absent = none.',
  },
} as const satisfies Record<string, Setting<unknown>>
