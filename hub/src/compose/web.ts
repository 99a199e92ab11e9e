import { fileURLToPath } from 'node:url'
import { createAppListener, type AppListener } from '../platform/http/browser-devices/app-listener.ts'
import { devicePages } from '../platform/http/browser-devices/device-pages.ts'
import { originsOf, type Origins } from '../platform/http/browser-devices/origins.ts'
import { consolePages } from '../platform/http/console.ts'
import { createDeviceListener, type DeviceListener } from '../platform/http/device-listener.ts'
import { scimPrefix } from '../platform/http/scim-error.ts'
import { createWebServer, type WebServer } from '../platform/http/server.ts'
import { tmfPrefix } from '../platform/http/tmf-error.ts'
import { mqttOverWebSocket } from '../platform/mqtt/web-sockets.ts'
import type { KnownAddresses } from './addresses.ts'
import { mqttMessageLimit } from './devices.ts'
import type { Modules } from './modules.ts'
import { handshakesOf, type Parts } from './parts.ts'

const builtConsole = fileURLToPath(new URL('../../../packages/console/dist', import.meta.url))
/** What `npm run build:agent-page` makes. */
const builtPage = fileURLToPath(new URL('../../../agent/dist/browser', import.meta.url))

/** What answers HTTP: people and systems, devices without our agent, and the apps of browsers that are devices. */
export interface WebSide {
  readonly web: WebServer
  readonly devices: DeviceListener
  readonly apps: AppListener
  /** @param deadline for whatever is still being answered, milliseconds */
  close(deadline: number): Promise<void>
}

export function createWebSide(parts: Parts, modules: Modules, addresses: KnownAddresses): WebSide {
  const { config, log } = parts
  const { raw, upgrade, broker } = modules.devices
  const origins = originsOf({
    hub: () => addresses.now().ports.web,
    apps: () => addresses.now().ports.apps,
    hubUrl: config.publicUrl,
    appsUrl: config.appUrl,
  })
  const web = createWeb(parts, modules, addresses, origins)
  const mqttUpgrade = mqttOverWebSocket({ messageLimit: mqttMessageLimit, accept: broker.accept })
  web.onUpgrade((...request) => void (upgrade(...request) || mqttUpgrade(...request)))
  const connectionLimit = config.httpConnections
  const devices = createDeviceListener({ log, raw, upgrade, connectionLimit })
  const directory = `${builtPage}/apps`
  const apps = createAppListener({ log, directory, origins, connectionLimit, handshakes: handshakesOf(config) })
  return {
    web,
    devices,
    apps,
    async close(deadline) {
      await Promise.all([web.close(deadline), devices.close(), apps.close()])
    },
  }
}

function createWeb(parts: Parts, modules: Modules, addresses: KnownAddresses, origins: Origins): WebServer {
  const { config, database, clock, log, metrics, signer } = parts
  const { registration, entities, definitions, developers, orders, policy, consumers, participants, engine } = modules
  const { access, provisioning } = registration
  return createWebServer({
    version: parts.version,
    hubId: () => registration.hub(),
    access,
    clock,
    log,
    metrics,
    database,
    ready: {
      database: async () => database.sql`select 1`,
      broker: () => modules.devices.broker.check(),
      signer: () => signer.publicKeys(),
    },
    modules: [
      registration.routes(),
      entities.routes(access, provisioning, { service: definitions.shown.find, order: orders.desk.find }),
      definitions.routes(),
      developers.routes(),
      orders.routes(),
      policy.routes(),
      consumers.routes(),
      participants.routes(),
      engine.routes(),
    ],
    faces: {
      [tmfPrefix]: participants.tmf(),
      [scimPrefix]: entities.scim(access, provisioning, {
        url: () => addresses.now().url,
        bodyLimit: config.bodyLimit,
      }),
    },
    raw: [definitions.tuf(), ...modules.devices.raw],
    bodyLimit: config.bodyLimit,
    bodyDeadline: config.bodyDeadline,
    connectionLimit: config.httpConnections,
    rates: { perPrincipal: config.requestRate, perAddress: config.requestRatePerAddress },
    pages: [
      registration.pages(),
      participants.pages(),
      consolePages(config.consoleDirectory ?? builtConsole),
      devicePages(`${builtPage}/device`, origins),
    ],
    handshakes: handshakesOf(config),
    authority: registration.authority.certificates,
    retention: config.idempotencyRetention,
    abandonedAfter: 60_000,
  })
}
