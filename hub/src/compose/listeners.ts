import { hostname } from 'node:os'
import type { Config } from '../config.ts'
import type { Clock } from '../platform/clock.ts'
import type { AppListener } from '../platform/http/browser-devices/app-listener.ts'
import type { DeviceListener } from '../platform/http/device-listener.ts'
import type { Ports } from '../platform/http/browser-devices/origins.ts'
import type { WebServer } from '../platform/http/server.ts'
import type { Log } from '../platform/log.ts'
import type { MqttBroker } from '../platform/mqtt/mqtt-broker.ts'
import { ServerIdentity, type OwnCertificate } from '../platform/tls/server-identity.ts'

export interface ListenerParts {
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
  readonly authority: {
    /** PEM */
    root(): string
    serverCertificate(hosts: readonly string[]): OwnCertificate
  }
  readonly web: WebServer
  readonly devices: DeviceListener
  readonly apps: AppListener
  readonly broker: MqttBroker
}

/** Where the hub can be reached on this machine. */
export interface Listening {
  readonly url: string
  readonly mqtt: string
  /** Null where none was asked for. */
  readonly plainUrl: string | null
  readonly plainMqtt: string | null
  /** For devices that cannot do TLS. */
  readonly deviceUrl: string | null
  readonly deviceMqtt: string | null
  /** Where a browser on this machine becomes a device, and where its apps run; null where it does not. */
  readonly devicePage: { readonly url: string; readonly apps: string } | null
  readonly ports: { readonly web: Ports; readonly apps: Ports }
}

/** Lets devices and people in: HTTPS and MQTT over TLS, with one certificate; without TLS on 127.0.0.1 where asked to. */
export function createListeners({ config, clock, log, authority, web, devices, apps, broker }: ListenerParts) {
  const identity = new ServerIdentity({
    clock,
    log,
    certificateFile: config.tlsCertFile,
    keyFile: config.tlsKeyFile,
    issue: () => authority.serverCertificate(hostsOf(config)),
  })
  identity.onChange((server) => {
    const shown = { server, authority: authority.root() }
    web.showIdentity(shown)
    apps.showIdentity(shown)
    broker.showIdentity(shown)
  })
  return {
    /** @throws CallerError `port-in-use`, `address-unusable`, `tls-files-unusable` */
    async start(): Promise<Listening> {
      const shown = { server: await identity.start(), authority: authority.root() }
      const httpPort = await web.listen(config.httpHost, config.httpPort, shown)
      const mqttPort = await broker.listen(config.mqttHost, config.mqttPort, shown)
      const plain = {
        http: config.plainHttpPort === null ? null : await web.listenPlain(config.plainHttpPort),
        mqtt: config.plainMqttPort === null ? null : await broker.listenPlain(config.plainMqttPort),
        deviceMqtt:
          config.deviceMqttPort === null
            ? null
            : await broker.listenForFaces(config.deviceHttpHost, config.deviceMqttPort),
        devices:
          config.deviceHttpPort === null ? null : await devices.listen(config.deviceHttpHost, config.deviceHttpPort),
        apps: config.plainAppPort === null ? null : await apps.listenPlain(config.plainAppPort),
      }
      const appPort = config.appPort === null ? null : await apps.listen(config.httpHost, config.appPort, shown)
      const deviceHost = forUrl(config.deviceHttpHost)
      return {
        url: `https://${forUrl(config.httpHost)}:${httpPort}`,
        mqtt: `mqtts://${forUrl(config.mqttHost)}:${mqttPort}`,
        plainUrl: plain.http === null ? null : `http://127.0.0.1:${plain.http}`,
        plainMqtt: plain.mqtt === null ? null : `mqtt://127.0.0.1:${plain.mqtt}`,
        deviceUrl: plain.devices === null ? null : `http://${deviceHost}:${plain.devices}`,
        deviceMqtt: plain.deviceMqtt === null ? null : `mqtt://${deviceHost}:${plain.deviceMqtt}`,
        devicePage: devicePageOf(config, { http: plain.http, apps: plain.apps }, { http: httpPort, apps: appPort }),
        ports: {
          web: { secure: httpPort, plain: plain.http },
          apps: { secure: appPort, plain: plain.apps },
        },
      }
    },
    stop: () => identity.stop(),
  }
}

interface PortPair {
  readonly http: number | null
  readonly apps: number | null
}

/** Without TLS where there is that: on this machine browsers take it for secure, and need to trust no certificate. */
function devicePageOf({ httpHost }: Config, plain: PortPair, secure: PortPair): Listening['devicePage'] {
  const at = (origin: string, { http, apps }: PortPair) =>
    http === null || apps === null ? null : { url: `${origin}:${http}/device`, apps: `${origin}:${apps}` }
  return at('http://127.0.0.1', plain) ?? at(`https://${forUrl(httpHost)}`, secure)
}

const anyAddress = new Set(['0.0.0.0', '::'])

/** Names and addresses for the hub's own certificate, each once, the one it is best known by first. */
function hostsOf({ publicUrl, mqttPublicUrl, httpHost, mqttHost, tlsHosts }: Config): string[] {
  const fromUrls = [publicUrl, mqttPublicUrl].flatMap((url) =>
    url === null ? [] : [new URL(url).hostname.replace(/^\[|\]$/g, '')],
  )
  const given = (tlsHosts ?? '').split(',').map((host) => host.trim())
  const local = ['localhost', '127.0.0.1', '::1', hostname()]
  const all = [...fromUrls, ...given, httpHost, mqttHost, ...local].filter(
    (host) => host !== '' && !anyAddress.has(host),
  )
  return [...new Set(all)]
}

/** A host as it stands in a URL that others on the machine can use. */
function forUrl(host: string): string {
  if (anyAddress.has(host)) return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
