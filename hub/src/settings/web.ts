import { count, port, secureUrl, size, text, time, type Setting } from './setting.ts'

/** The web server: where it is reached, its certificate, and what it takes. */
export const webSettings = {
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
} as const satisfies Record<string, Setting<unknown>>
