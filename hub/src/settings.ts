import { z } from 'zod'

/** Every setting of the hub, declared once: name, default, what is valid, what it means. `config.ts` reads them. */

export interface Setting<T> {
  /** Environment variable; the flag is made from it: SUTLER_HTTP_PORT is --http-port. */
  readonly name: string
  /** As it would be written; null: none. */
  readonly standard: string | null
  readonly schema: z.ZodType<T, string>
  readonly description: string
  /** Holds a credential: only from the environment, since command lines can be read by others. */
  readonly secret?: boolean
}

const units = {
  time: { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 },
  size: { B: 1, kB: 1000, KiB: 1024, MB: 1e6, MiB: 1024 ** 2, GB: 1e9, GiB: 1024 ** 3 },
}

/** A number with a unit; the result is in the smallest one (milliseconds, bytes). */
function measure(kind: keyof typeof units): z.ZodType<number, string> {
  const factors: Record<string, number> = units[kind]
  return z.string().transform((text, context) => {
    const [, number, unit] = /^(\d+(?:\.\d+)?) ?([A-Za-z]+)$/.exec(text) ?? []
    const factor = unit === undefined ? undefined : factors[unit]
    if (number !== undefined && factor !== undefined && Number(number) > 0) return Math.round(Number(number) * factor)
    context.addIssue(
      `“${text}” is not a ${kind} such as 30${Object.keys(factors)[1]} (${Object.keys(factors).join(', ')})`,
    )
    return z.NEVER
  })
}

const time = measure('time')
const size = measure('size')
const text = z.string().min(1)
const count = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number)
  .pipe(z.number().min(1))
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .pipe(z.number().max(65_535))
const url = (...protocols: string[]): z.ZodType<string, string> =>
  z.string().refine((value) => protocols.some((each) => value.startsWith(`${each}://`)) && URL.canParse(value), {
    error: `must be a URL that starts with ${protocols.map((each) => `${each}://`).join(' or ')}`,
  })
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

/** A URL with TLS; without it only where nobody can listen on the way: on this machine. */
const secureUrl = (secure: string, plain: string): z.ZodType<string, string> =>
  url(secure, plain).refine(
    (value) => !value.startsWith(`${plain}://`) || /^\w+:\/\/127\.0\.0\.1[:/]/.test(`${value}/`),
    {
      error: `must start with ${secure}://; ${plain}:// is for 127.0.0.1 only`,
    },
  )

export const settings = {
  dataDirectory: {
    name: 'SUTLER_DATA',
    standard: './.sutler',
    schema: text,
    description: 'Directory of everything that the hub keeps: embedded PostgreSQL, files, keys.',
  },
  consoleDirectory: {
    name: 'SUTLER_CONSOLE',
    standard: null,
    schema: text,
    description: 'Directory of the built console; absent = the one that `npm run build:console` makes.',
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    standard: null,
    schema: url('postgres', 'postgresql'),
    secret: true,
    description: 'PostgreSQL 15 or newer to use in place of the embedded one. Several hubs may share it.',
  },
  databaseConnections: {
    name: 'SUTLER_DATABASE_CONNECTIONS',
    standard: '10',
    schema: count,
    description:
      'Most connections of one hub for requests and work; some fifteen more are for devices, credentials, hot statements, filtered lists and notices. More than two for each of the database’s cores make it slower, not faster.',
  },
  sealingKeyFile: {
    name: 'SUTLER_SEALING_KEY_FILE',
    standard: null,
    schema: text,
    description:
      'File with the key that seals secrets in the database, made at the first start; `sealing.key` in the data directory unless given. All hubs of a database need the same one.',
  },
  statementTimeout: {
    name: 'SUTLER_STATEMENT_TIMEOUT',
    standard: '30s',
    schema: time,
    description: 'A database statement that takes longer is cancelled.',
  },
  databaseStartDeadline: {
    name: 'SUTLER_DATABASE_START_DEADLINE',
    standard: '120s',
    schema: time,
    description: 'How long the embedded PostgreSQL may take to start, recovery after a crash included.',
  },
  httpHost: {
    name: 'SUTLER_HTTP_HOST',
    standard: '127.0.0.1',
    schema: text,
    description: 'Address on which the API and files are served, with TLS; 0.0.0.0 or :: for all.',
  },
  httpPort: {
    name: 'SUTLER_HTTP_PORT',
    standard: '8480',
    schema: port,
    description: 'Port of the API and files (HTTPS), and of MQTT over WebSocket at /mqtt; 0 takes any free one.',
  },
  plainHttpPort: {
    name: 'SUTLER_PLAIN_HTTP_PORT',
    standard: null,
    schema: port,
    description:
      'Port on which the same is served without TLS, on 127.0.0.1 only: for a proxy on this machine. Absent = none.',
  },
  appPort: {
    name: 'SUTLER_APP_PORT',
    standard: null,
    schema: port,
    description:
      'Port at SUTLER_HTTP_HOST (HTTPS) of the origin on which apps of browser devices run; with it the hub serves /device. Absent = none.',
  },
  plainAppPort: {
    name: 'SUTLER_PLAIN_APP_PORT',
    standard: null,
    schema: port,
    description:
      'Port of that origin without TLS, on 127.0.0.1 only: for /device at SUTLER_PLAIN_HTTP_PORT. Absent = none.',
  },
  appUrl: {
    name: 'SUTLER_APP_URL',
    standard: null,
    schema: secureUrl('https', 'http'),
    description:
      'URL at which browsers reach that origin, where that is not the hub’s own name at that port. Another one than the hub’s, but of the same site: https://apps.example.net for a hub at https://hub.example.net.',
  },
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
  publicUrl: {
    name: 'SUTLER_PUBLIC_URL',
    standard: null,
    schema: secureUrl('https', 'http'),
    description:
      'URL at which devices and people reach the hub, where that is not address and port, for example behind a proxy.',
  },
  tlsCertFile: {
    name: 'SUTLER_TLS_CERT_FILE',
    standard: null,
    schema: text,
    description:
      'PEM file of the certificate, chain included, that the hub shows; read again when it changes. Absent = one of the hub’s own authority.',
  },
  tlsKeyFile: {
    name: 'SUTLER_TLS_KEY_FILE',
    standard: null,
    schema: text,
    description: 'PEM file of its private key.',
  },
  tlsHosts: {
    name: 'SUTLER_TLS_HOSTS',
    standard: null,
    schema: text,
    description:
      'More names and addresses for the hub’s own certificate, separated by commas; localhost, this machine’s name and those of the public URLs are in it always.',
  },
  tlsHandshakes: {
    name: 'SUTLER_TLS_HANDSHAKES',
    standard: '1000',
    schema: count,
    description: 'Most TLS handshakes in progress at once, per listener; connections beyond are cut.',
  },
  tlsHandshakesPerAddress: {
    name: 'SUTLER_TLS_HANDSHAKES_PER_ADDRESS',
    standard: '100',
    schema: count,
    description: 'Of these, most from one address other than this machine’s own.',
  },
  tlsHandshakeDeadline: {
    name: 'SUTLER_TLS_HANDSHAKE_DEADLINE',
    standard: '10s',
    schema: time,
    description: 'A TLS handshake that takes longer is cut.',
  },
  deviceCertificateLifetime: {
    name: 'SUTLER_DEVICE_CERTIFICATE_LIFETIME',
    standard: '90d',
    schema: time.refine((value) => value >= 30 * 86_400_000 && value <= 90 * 86_400_000, 'must be 30d to 90d'),
    description: 'How long a device’s certificate is good; devices renew theirs after two thirds of it.',
  },
  httpConnections: {
    name: 'SUTLER_HTTP_CONNECTIONS',
    standard: '10000',
    schema: count,
    description: 'Most HTTP connections at once.',
  },
  bodyLimit: {
    name: 'SUTLER_BODY_LIMIT',
    standard: '1MiB',
    schema: size,
    description: 'Largest JSON body of a request.',
  },
  bodyDeadline: {
    name: 'SUTLER_BODY_DEADLINE',
    standard: '20s',
    schema: time,
    description: 'How long a JSON body may take to arrive.',
  },
  requestRate: {
    name: 'SUTLER_REQUEST_RATE',
    standard: '1000',
    schema: count,
    description: 'Requests a second that one person or system may send for long; ten times as many at once.',
  },
  requestRatePerAddress: {
    name: 'SUTLER_REQUEST_RATE_PER_ADDRESS',
    standard: '2000',
    schema: count,
    description: 'The same for one network address. Behind a proxy, which has one for all, raise it and limit there.',
  },
  uploadLimit: {
    name: 'SUTLER_UPLOAD_LIMIT',
    standard: '4GiB',
    schema: size,
    description: 'Largest file of a service.',
  },
  uploadStallDeadline: {
    name: 'SUTLER_UPLOAD_STALL_DEADLINE',
    standard: '30s',
    schema: time,
    description: 'An upload of which nothing arrives for so long is given up.',
  },
  blobGrace: {
    name: 'SUTLER_BLOB_GRACE',
    standard: '24h',
    schema: time.refine((value) => value >= 3_600_000, 'must be at least 1h'),
    description:
      'How long a stored file that no version needs is kept: so long may pass between upload and publishing.',
  },
  blobRetention: {
    name: 'SUTLER_BLOB_RETENTION',
    standard: '30d',
    schema: time,
    description:
      'How long the files of a retired version are kept that no device is to have any more; then they are removed for good.',
  },
  patches: {
    name: 'SUTLER_PATCHES',
    standard: 'make',
    schema: z.enum(['make', 'none']),
    description: 'Whether this hub makes patches between the large files of versions: make or none.',
  },
  patchMemory: {
    name: 'SUTLER_PATCH_MEMORY',
    standard: '1GiB',
    schema: size,
    description:
      'Most memory of the process that makes a patch, one at a time. Files of 32 MiB take 0.6 GiB, of 128 MiB all of it; what does not fit is sent whole.',
  },
  downloads: {
    name: 'SUTLER_DOWNLOADS',
    standard: '256',
    schema: count,
    description: 'Most files sent to devices at once; others are asked to come back.',
  },
  downloadMinimumRate: {
    name: 'SUTLER_DOWNLOAD_MINIMUM_RATE',
    standard: '4KiB',
    schema: size,
    description: 'Per second: a device that reads a file more slowly is cut, and resumes later.',
  },
  idempotencyRetention: {
    name: 'SUTLER_IDEMPOTENCY_RETENTION',
    standard: '24h',
    schema: time,
    description: 'How long the answer to a request with an Idempotency-Key can be asked for again.',
  },
  instanceRetention: {
    name: 'SUTLER_INSTANCE_RETENTION',
    standard: '30d',
    schema: time,
    description: 'How long an ended instance is kept with its history; then it is as if it had never been.',
  },
  historyRetention: {
    name: 'SUTLER_HISTORY_RETENTION',
    standard: '90d',
    schema: time,
    description:
      'How long an entry of an instance’s history is kept, also while the instance runs; and what attributes of devices, people and households were.',
  },
  auditRetention: {
    name: 'SUTLER_AUDIT_RETENTION',
    standard: '1095d',
    schema: time,
    description: 'How long rows of the audit are kept, at least 30 days. What is left can still be verified.',
  },
  mqttHost: {
    name: 'SUTLER_MQTT_HOST',
    standard: '127.0.0.1',
    schema: text,
    description: 'Address on which devices connect, with TLS; 0.0.0.0 or :: for all.',
  },
  mqttPort: {
    name: 'SUTLER_MQTT_PORT',
    standard: '8883',
    schema: port,
    description: 'Port on which devices connect (MQTT over TLS); 0 takes any free one.',
  },
  plainMqttPort: {
    name: 'SUTLER_PLAIN_MQTT_PORT',
    standard: null,
    schema: port,
    description: 'Port on which they may connect without TLS, on 127.0.0.1 only. Absent = none.',
  },
  mqttPublicUrl: {
    name: 'SUTLER_MQTT_PUBLIC_URL',
    standard: null,
    schema: secureUrl('mqtts', 'mqtt'),
    description: 'URL at which devices reach the broker, where that is not address and port.',
  },
  mqttConnections: {
    name: 'SUTLER_MQTT_CONNECTIONS',
    standard: '20000',
    schema: count,
    description: 'Most devices connected at once.',
  },
  mqttConnectionsPerAddress: {
    name: 'SUTLER_MQTT_CONNECTIONS_PER_ADDRESS',
    standard: '500',
    schema: count,
    description: 'Of these, most from one address other than this machine’s own.',
  },
  mqttPendingConnections: {
    name: 'SUTLER_MQTT_PENDING_CONNECTIONS',
    standard: '2000',
    schema: count,
    description: 'Of these, most that have not authenticated yet.',
  },
  mqttConnectDeadline: {
    name: 'SUTLER_MQTT_CONNECT_DEADLINE',
    standard: '10s',
    schema: time,
    description:
      'A connection on which no CONNECT arrives for so long is closed; authentication may take as long again.',
  },
  mqttDrainDeadline: {
    name: 'SUTLER_MQTT_DRAIN_DEADLINE',
    standard: '30s',
    schema: time,
    description: 'A device that leaves its connection full for so long is cut.',
  },
  mqttQueueLimit: {
    name: 'SUTLER_MQTT_QUEUE_LIMIT',
    standard: '2MiB',
    schema: size,
    description: 'Most bytes that wait in memory for one device; one that reads more slowly is cut.',
  },
  signerSocket: {
    name: 'SUTLER_SIGNER_SOCKET',
    standard: null,
    schema: text,
    description:
      'Socket of a signer of online metadata that runs by itself (npm run signer), best as another user; without it the hub starts one.',
  },
  smtpUrl: {
    name: 'SUTLER_SMTP_URL',
    standard: null,
    schema: url('smtp', 'smtps'),
    secret: true,
    description:
      'Mail server by which the hub sends e-mail, with user name and password in the URL: `smtps://` speaks TLS from the first byte, `smtp://` after STARTTLS. Absent = no e-mail.',
  },
  smtpTls: {
    name: 'SUTLER_SMTP_TLS',
    standard: 'required',
    schema: z.enum(['required', 'none']),
    description:
      'Whether mail and password go to the mail server with TLS only: required, or none for one on this machine.',
  },
  mailFrom: {
    name: 'SUTLER_MAIL_FROM',
    standard: 'Sutler <sutler@localhost>',
    schema: text.regex(
      /^[^\r\n]*[^\s<>@]+@[^\s<>@]+>?$/,
      'must be an address, for example Sutler <sutler@example.org>',
    ),
    description: 'Whom e-mail of the hub is from.',
  },
  webhooksPrivate: {
    name: 'SUTLER_WEBHOOKS_PRIVATE',
    standard: 'refuse',
    schema: z.enum(['refuse', 'allow']),
    description: 'Whether webhooks may go to addresses inside the hub’s own network: refuse or allow.',
  },
  identityProvidersPrivate: {
    name: 'SUTLER_IDENTITY_PROVIDERS_PRIVATE',
    standard: 'refuse',
    schema: z.enum(['refuse', 'allow']),
    description:
      'Whether identity providers may be at addresses inside the hub’s own network, also without TLS: refuse or allow.',
  },
  directoriesPrivate: {
    name: 'SUTLER_DIRECTORIES_PRIVATE',
    standard: 'refuse',
    schema: z.enum(['refuse', 'allow']),
    description:
      'Whether directories of people may be at addresses inside the hub’s own network, also without TLS: refuse or allow.',
  },
  logLevel: {
    name: 'SUTLER_LOG_LEVEL',
    standard: 'info',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    description: 'What is logged: debug, info, warn, error or silent.',
  },
  stopDeadline: {
    name: 'SUTLER_STOP_DEADLINE',
    standard: '10s',
    schema: time,
    description: 'How long each part of the hub may take to stop.',
  },
} as const satisfies Record<string, Setting<unknown>>
