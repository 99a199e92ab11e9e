import { randomBytes } from 'node:crypto'
import type { DeviceProtocol } from '@sutler/device-model'
import { createCwmpProtocol } from '@sutler/protocol-cwmp'
import { createDdiProtocol } from '@sutler/protocol-ddi'
import { dtlsTransport, Lwm2mProtocol, tcpTransport, tlsTransport, udpTransport } from '@sutler/protocol-lwm2m'
import { createMenderProtocol } from '@sutler/protocol-mender'
import {
  createUspProtocol,
  EmbeddedBrokerTransport,
  ExternalBrokerTransport,
  WebSocketTransport,
} from '@sutler/protocol-usp'
import type { Config } from '../config.ts'
import type { UpgradeHandler } from '../platform/http/device-listener.ts'
import type { RawHandler } from '../platform/http/server.ts'
import type { Log } from '../platform/log.ts'
import type { Clock } from '../platform/clock.ts'
import type { MqttBroker } from '../platform/mqtt/mqtt-broker.ts'
import type { Sealing } from '../platform/sealing.ts'
import type { ForeignProtocol } from '../settings/protocols.ts'

/** Protocols of devices that do not run our agent. The only file that names them. */

/** What a protocol is made of, beside what its host offers. */
export interface ProtocolParts {
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
  readonly broker: MqttBroker
  readonly sealing: Sealing
}

/** A protocol with the ways by which it takes part in the hub's web server. */
export interface MountedProtocol {
  readonly protocol: DeviceProtocol
  /** Answers requests to the paths that are the protocol's; false = not its path. */
  readonly handle?: RawHandler
  /** The same for requests to speak WebSocket. */
  readonly upgrade?: UpgradeHandler
}

export interface ForeignProtocols {
  readonly protocols: readonly DeviceProtocol[]
  /** Tried before the router, and alone on the listener for devices. */
  readonly raw: readonly RawHandler[]
  /** Whether one of them took the request to speak WebSocket. */
  readonly upgrade: UpgradeHandler
  /** A device that may no longer come in: whatever connection it has ends. */
  cutOff(device: string): void
}

/** Those that are switched on. */
export function foreignProtocols(parts: ProtocolParts): ForeignProtocols {
  const mounted = parts.config.protocols.map((name) => makers[name](parts))
  return {
    protocols: mounted.map(({ protocol }) => protocol),
    raw: mounted.flatMap(({ handle }) => (handle === undefined ? [] : [handle])),
    upgrade: (...request) => mounted.some(({ upgrade }) => upgrade?.(...request) === true),
    cutOff(device) {
      for (const { protocol } of mounted) protocol.cutOff?.(device)
    },
  }
}

const makers: Readonly<Record<ForeignProtocol, (parts: ProtocolParts) => MountedProtocol>> = {
  ddi,
  mender,
  cwmp,
  usp,
  lwm2m,
}

function ddi({ config, clock, log }: ProtocolParts): MountedProtocol {
  const protocol = createDdiProtocol({
    now: () => clock.now(),
    publicUrl: config.deviceUrl?.replace(/\/$/, '') ?? null,
    sleep: config.ddiPoll / 1000,
    busySleep: config.ddiPoll / 10_000,
    confirm: config.ddiConfirmation === 'device',
    soft: config.ddiUpdates === 'soft',
    front: config.deviceFronts.length === 0 ? null : frontOf(config),
    downloads: config.downloads,
    onFailure: (err, url) => log.warn({ err, url }, 'a request of a DDI device could not be answered'),
  })
  return { protocol, handle: protocol.handle }
}

function mender({ config, clock, log, sealing }: ProtocolParts): MountedProtocol {
  const protocol = createMenderProtocol({
    tokenKey: sealing.derive('tokens of Mender devices'),
    clock,
    fronts: frontOf(config).trusts,
    onProblem: (error) => log.warn({ err: error }, 'a Mender device could not be answered; it asks again'),
  })
  return { protocol, handle: protocol.handle }
}

function cwmp({ config, clock, log, sealing }: ProtocolParts): MountedProtocol {
  const protocol = createCwmpProtocol({
    key: sealing.derive('CWMP nonces and files'),
    url: config.deviceUrl?.replace(/\/$/, '') ?? null,
    informInterval: Math.round(config.cwmpInformInterval / 1000),
    basic: config.cwmpBasic,
    connectionRequests: config.cwmpConnectionRequests,
    front: frontOf(config).trusts,
    sessionLimit: config.cwmpSessions,
    clock,
    onProblem: ({ cause, ...problem }) => log.warn({ err: cause, ...problem }, 'CWMP: not all went well with a device'),
  })
  return { protocol, handle: protocol.handle }
}

/** USP agents come to the hub's own broker, to its web server by WebSocket, or are met at a broker of the operator's. */
function usp({ config, clock, log, broker }: ProtocolParts): MountedProtocol {
  const { uspEndpoint: controller, uspMqttUrl } = config
  const webSocket = new WebSocketTransport(clock)
  const embedded = new EmbeddedBrokerTransport(broker, broker.messageLimit)
  const external =
    uspMqttUrl === null
      ? []
      : [
          new ExternalBrokerTransport({
            url: uspMqttUrl,
            controller,
            onProblem: (detail, cause) => log.warn({ err: cause, detail }, 'the MQTT broker of USP agents'),
          }),
        ]
  const protocol = createUspProtocol({
    transports: [embedded, webSocket, ...external],
    clock,
    controller,
    onProblem: ({ cause, ...problem }) => log.warn({ ...problem, err: cause }, 'a USP agent said what cannot be taken'),
  })
  return { protocol, upgrade: webSocket.upgrade }
}

const coapTransports = {
  coap: udpTransport,
  coaps: dtlsTransport,
  'coap+tcp': tcpTransport,
  'coaps+tcp': tlsTransport,
} as const

function lwm2m({ config, clock, log }: ProtocolParts): MountedProtocol {
  const transports = config.lwm2mListen.map(({ kind, host, port }) =>
    coapTransports[kind]({ host, port, clock, random: Math.random }),
  )
  const protocol = new Lwm2mProtocol({
    transports,
    clock,
    randomBytes,
    plainToken: config.lwm2mPlainToken,
    onProblem: ({ about, detail, cause }) => log.warn({ about, err: cause }, `LwM2M: ${detail}`),
  })
  return { protocol }
}

/** Proxies that end TLS for devices. */
function frontOf({ deviceFronts, deviceCertificateHeader }: Config) {
  const known = new Set(deviceFronts)
  // An IPv4 address as a socket that takes both kinds shows it.
  const trusts = (address: string): boolean => known.has(address.replace(/^::ffff:/, ''))
  return { trusts, certificateHeader: deviceCertificateHeader }
}
