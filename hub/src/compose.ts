import { fileURLToPath } from 'node:url'
import { createNativeProtocol } from '@sutler/protocol-native'
import { limits } from '@sutler/wire'
import type { Config } from './config.ts'
import { createEngine, type Engine } from './engine/index.ts'
import { foreignProtocols } from './protocols.ts'
import { createListeners, type Listening } from './listeners.ts'
import { createEntityManagement } from './modules/entity-management/index.ts'
import { createOrderProcessing, resolverDevice } from './modules/order-processing/index.ts'
import {
  createPolicyAndPreferences,
  windows,
  type PolicyAndPreferences,
} from './modules/policy-and-preferences/index.ts'
import { createRegistration, type Registration } from './modules/registration/index.ts'
import { createServiceConsumerInterface } from './modules/service-consumer-interface/index.ts'
import {
  compositionLimits,
  createServiceDefinitions,
  type ServiceDefinitions,
} from './modules/service-definitions/index.ts'
import { createServiceDeveloperInterface } from './modules/service-developer-interface/index.ts'
import { createServiceParticipantInterface } from './modules/service-participant-interface/index.ts'
import { roleContracts } from './patterns/contracts.ts'
import { shippedTexts } from './patterns/index.ts'
import { notFound } from './platform/access.ts'
import type { Blobs } from './platform/blobs.ts'
import type { Clock } from './platform/clock.ts'
import type { Database } from './platform/database.ts'
import type { Doorbells } from './platform/doorbells.ts'
import { CallerError } from './platform/errors.ts'
import { createFilesHandler } from './platform/http/files.ts'
import { scimPrefix } from './platform/http/scim-error.ts'
import { tmfPrefix } from './platform/http/tmf-error.ts'
import { createAppListener } from './platform/http/browser-devices/app-listener.ts'
import { devicePages } from './platform/http/browser-devices/device-pages.ts'
import { originsOf, type Ports } from './platform/http/browser-devices/origins.ts'
import { createDeviceListener } from './platform/http/device-listener.ts'
import { consolePages } from './platform/http/console.ts'
import { createInProcess } from './platform/http/in-process.ts'
import { createWebServer, type RawHandler, type WebServer } from './platform/http/server.ts'
import { measureBackups } from './platform/last-backup.ts'
import type { Log } from './platform/log.ts'
import { createMailer, measuringMails } from './platform/mail.ts'
import type { Metrics } from './platform/metrics.ts'
import type { OnlineSigner } from './signer/requests.ts'
import { MqttBroker } from './platform/mqtt/mqtt-broker.ts'
import { mqttOverWebSocket } from './platform/mqtt/web-sockets.ts'
import { partialUploads } from './platform/partial-uploads.ts'
import { repeat } from './platform/repeat.ts'
import { tellOfRestore } from './platform/restore-note.ts'
import type { Sealing } from './platform/sealing.ts'
import type { HandshakeLimits } from './platform/tls/handshakes.ts'

/** What a hub is made of: opened by main, or by a test. */
export interface Parts {
  readonly config: Config
  readonly database: Database
  /** Registration's, with the only login that its tables are open to. */
  readonly registrationDatabase: Database
  readonly sealing: Sealing
  readonly doorbells: Doorbells
  readonly blobs: Blobs
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Holds the online keys; a process of its own. */
  readonly signer: OnlineSigner
  readonly version: string
  /** Nobody else works on this database: what a hub before it left open can be tidied at the start. */
  readonly alone: boolean
}

export interface Hub {
  readonly engine: Engine
  readonly web: WebServer
  /**
   * Starts in order of dependence; devices and people are let in last.
   * @throws CallerError `port-in-use`, `address-unusable`
   */
  start(): Promise<Started>
  /** Calls `listener` when the first operator’s account was made here. */
  onFirstOperator(listener: () => void): void
  /** Takes nothing new, ends what is under way, and leaves the rest in the database. */
  stop(): Promise<void>
}

export interface Started extends Listening {
  /** Certificates of the authority that signs the hub's own, PEM. */
  readonly authority: string
  /** By which the first operator makes an account, while there is none: it is known only now. */
  readonly setupLink: string | null
}

const builtConsole = fileURLToPath(new URL('../../packages/console/dist', import.meta.url))
/** What `npm run build:agent-page` makes. */
const builtPage = fileURLToPath(new URL('../../agent/dist/browser', import.meta.url))

/** Puts the hub together. The only file that names every module and every protocol; starts nothing. */
export function compose(parts: Parts): Hub {
  const { config, database, sealing, doorbells, blobs, clock, log, metrics, signer } = parts
  const addresses = { url: config.publicUrl ?? '', mqtt: config.mqttPublicUrl ?? '', devices: config.deviceUrl ?? '' }
  const shared = { database, doorbells, clock, log }
  measureBackups(metrics, config.dataDirectory)

  const { smtpUrl, mailFrom: from, smtpTls: tls } = config
  const measured = measuringMails(metrics)
  const mailer = smtpUrl === null ? null : measured(createMailer({ url: smtpUrl, from, tls }))
  const outside = { sealing, inside: config.directoriesPrivate === 'allow' }
  const entities = createEntityManagement({ ...shared, historyRetention: config.historyRetention, outside })
  const registration = createRegistration({
    ...shared,
    database: parts.registrationDatabase,
    sealing,
    auditRetention: config.auditRetention,
    mailer,
    entities,
    publicUrl: () => addresses.url,
    ownCertificate: config.tlsCertFile === null,
    mqttUrl: () => addresses.mqtt,
    trustRoot: () => definitions.trustRoot(),
    order: (id) => orders.order(id),
    keepers: () => [orders.keeper, policy.keeper, participants.keeper, developers.keeper],
    deviceCertificateLifetime: config.deviceCertificateLifetime,
    identityProvidersInside: config.identityProvidersPrivate === 'allow',
  })
  const { access } = registration
  const retention = { instances: config.instanceRetention, history: config.historyRetention }
  const engine = createEngine({ ...shared, access, metrics, retention, roles: roleContracts })
  const definitions: ServiceDefinitions = createServiceDefinitions({
    ...shared,
    access,
    blobs,
    metrics,
    signer,
    assigned: (device) => orders.assignedTo(device),
    versionsInUse: (versions) => orders.versionsInUse(versions),
    keeping: { grace: config.blobGrace, retention: config.blobRetention },
    patchMemory: config.patches === 'make' ? config.patchMemory : null,
    tenantOf: async (device) => (await entities.device(device))?.tenant ?? null,
    household: async (id) => {
      const found = await entities.household(id)
      if (found === null) return null
      const [devices, services] = await Promise.all([entities.devicesOfHousehold(id), orders.installedServices(id)])
      const active = devices.filter(({ tenant, state }) => tenant === found.tenant && state === 'active')
      return { tenant: found.tenant, devices: active.map(resolverDevice), services }
    },
    channelsOf: (...which) => policy.channelsOf(...which),
    checkLink: registration.checkFileLink,
  })
  const orders = createOrderProcessing({
    ...shared,
    access,
    engine,
    entities,
    definitions,
    windows,
    channelsOf: (...which) => policy.channelsOf(...which),
  })
  const logs = {
    ask: (device: string, bytes: number) => consumers.askLog(device, bytes),
    received: (asked: Parameters<typeof consumers.logsOf>[0]) => consumers.logsOf(asked),
  }
  const partial = partialUploads({
    directory: blobs.partialDirectory,
    clock,
    maxBytes: compositionLimits.fileBytes,
    stallDeadline: config.uploadStallDeadline,
  })
  const developers = createServiceDeveloperInterface({
    ...shared,
    access,
    blobs,
    partial,
    definitions,
    entities,
    orders,
    logs,
  })
  const policy: PolicyAndPreferences = createPolicyAndPreferences({ ...shared, access, entities, orders, definitions })
  const broker = createBroker(parts, registration.authenticateDevice)
  registration.onCutOff((device, decommissioned) => {
    broker.disconnect(device)
    foreign.cutOff(device)
    if (!decommissioned) return
    orders
      .giveUpDevice(device)
      .catch((error: unknown) =>
        log.error(
          { err: error, device },
          'open deliveries to a device that was taken out of service could not be cancelled; they fail after their time-out',
        ),
      )
  })
  const foreign = foreignProtocols({ config, clock, log, broker, sealing })
  registration.onProtocolChange((device, at) => {
    orders
      .offerAnew(device, at)
      .catch((error: unknown) =>
        log.error(
          { err: error, device },
          'what a device had begun in another protocol is offered anew only after a day',
        ),
      )
  })
  const content = files(parts, registration.checkFileLink, definitions)
  const filesOverMqtt = createInProcess([content, definitions.tuf()])
  const native = createNativeProtocol({
    transport: broker,
    files: (path, from, most) => filesOverMqtt.get(path, from, most),
    onProblem: (problem) => log.warn({ ...problem }, 'a device sent what cannot be taken'),
  })
  const consumers = createServiceConsumerInterface({
    ...shared,
    metrics,
    access,
    entities,
    orders,
    definitions,
    identities: registration.identities,
    protocols: [native, ...foreign.protocols],
    fileLink: registration.fileLink,
    deviceUrl: () => addresses.devices,
    deviceBooted: registration.deviceBooted,
    devicesChanged: policy.devicesChanged,
    termsOf: policy.termsOf,
  })
  const participants = createServiceParticipantInterface({
    ...shared,
    metrics,
    orders,
    definitions,
    sealing,
    access,
    entities,
    policy,
    decommission: registration.decommission,
    askCapabilities: consumers.askCapabilities,
    operationRetention: config.historyRetention,
    explaining: {
      entities,
      definitions,
      orders,
      policy,
      engine,
      offersOf: (deliveries) => consumers.outputsFor(deliveries),
    },
    mailer,
    version: parts.version,
    systems: { broker, authenticate: registration.authenticateSystem },
    publicUrl: () => addresses.url,
    allowInside: config.webhooksPrivate === 'allow',
  })
  for (const { tasks } of [orders, policy, consumers])
    for (const [name, task] of Object.entries(tasks)) engine.registerTask(name, task)

  const none: Ports = { secure: null, plain: null }
  let ports = { web: none, apps: none }
  const origins = originsOf({
    hub: () => ports.web,
    apps: () => ports.apps,
    hubUrl: config.publicUrl,
    appsUrl: config.appUrl,
  })
  const web = createWebServer({
    version: parts.version,
    hubId: () => registration.hub(),
    access,
    clock,
    log,
    metrics,
    database,
    ready: {
      database: async () => database.sql`select 1`,
      broker: () => broker.check(),
      signer: () => signer.publicKeys(),
    },
    modules: [
      registration.routes(),
      entities.routes(access, registration.provisioning, { service: definitions.shown.find, order: orders.desk.find }),
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
      [scimPrefix]: entities.scim(access, registration.provisioning, {
        url: () => addresses.url,
        bodyLimit: config.bodyLimit,
      }),
    },
    raw: [content, definitions.tuf(), ...foreign.raw],
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

  const mqttUpgrade = mqttOverWebSocket({ messageLimit: limits.messageBytes + 128, accept: broker.accept })
  web.onUpgrade((...request) => void (foreign.upgrade(...request) || mqttUpgrade(...request)))
  const devices = createDeviceListener({
    log,
    raw: [content, ...foreign.raw],
    upgrade: foreign.upgrade,
    connectionLimit: config.httpConnections,
  })
  const apps = createAppListener({
    log,
    directory: `${builtPage}/apps`,
    origins,
    connectionLimit: config.httpConnections,
    handshakes: handshakesOf(config),
  })
  const { authority } = registration
  const listeners = createListeners({ config, clock, log, authority, web, devices, apps, broker })
  let stopSweeping = (): void => {}
  let stopFreshening = (): void => {}
  let stopForgetting = (): void => {}
  let stopCollecting = (): void => {}
  let stopOrderingBack = (): void => {}
  let stopCounting = (): void => {}
  const patching = new AbortController()
  const begin = async (): Promise<Started> => {
    await registration.start()
    await tellOfRestore({ dataDirectory: config.dataDirectory, database, doorbells })
    if (parts.alone) await entities.markAllUnreachable()
    for (const { model, text } of shippedTexts) await engine.publish(model, text)
    await engine.start()
    await participants.start()
    const listening = await listeners.start()
    ports = listening.ports
    addresses.url ||= listening.url
    addresses.mqtt ||= listening.mqtt
    addresses.devices ||= listening.deviceUrl ?? addresses.url
    await consumers.start()
    policy.start()
    stopFreshening = definitions.keepFresh()
    const makePatches = () => definitions.makePatches(patching.signal)
    const stopPatching = repeat({ clock, log, every: 15_000, what: 'make patches', work: makePatches })
    patching.signal.addEventListener('abort', stopPatching)
    const orderBack = () => developers.orderBack()
    stopOrderingBack = repeat({ clock, log, every: 1_000, what: 'order households back', work: orderBack })
    const collectBlobs = () => Promise.all([definitions.collectBlobs(), partial.sweep()])
    stopCollecting = repeat({ clock, log, every: 600_000, what: 'remove unneeded files', work: collectBlobs })
    const tell = () => entities.samplePresence()
    const stopTelling = repeat({ clock, log, every: 60_000, what: 'write down how the fleet stands', work: tell })
    const addUp = () => orders.addUpCounts()
    const stopAddingUp = repeat({ clock, log, every: 10_000, what: 'add up what became of deliveries', work: addUp })
    stopCounting = () => [stopTelling, stopAddingUp].forEach((stopIt) => stopIt())
    const work = () => web.idempotency.sweep()
    const forget = async () => {
      await policy.forgetOld(config.historyRetention)
      await entities.forgetHistory()
      await developers.forgetOld(config.historyRetention)
    }
    stopForgetting = repeat({ clock, log, every: 3_600_000, what: 'forget old answers and histories', work: forget })
    stopSweeping = repeat({ clock, log, every: 60_000, what: 'forget old answers', work })
    const setupLink = await registration.setupLink()
    return { ...listening, authority: registration.authority.certificates(), setupLink }
  }
  const stop = async (): Promise<void> => {
    stopSweeping()
    stopForgetting()
    stopFreshening()
    stopCollecting()
    stopOrderingBack()
    stopCounting()
    patching.abort()
    // First the event streams: they would keep the web server open.
    engine.endStreams()
    await participants.stop()
    mailer?.close()
    listeners.stop()
    await Promise.all([web.close(config.stopDeadline), devices.close(), apps.close()])
    await consumers.stop()
    await policy.stop()
    await broker.close()
    filesOverMqtt.close()
    await engine.stop()
    await registration.stop()
  }
  return {
    engine,
    web,
    onFirstOperator: registration.onFirstOperator,
    async start() {
      try {
        return await begin()
      } catch (error) {
        // What had begun must not go on without the parts that the caller stops now.
        await stop()
        throw error
      }
    },
    stop,
  }
}

function createBroker(
  { config, clock, log, metrics }: Parts,
  authenticate: Registration['authenticateDevice'],
): MqttBroker {
  return new MqttBroker({
    clock,
    log,
    metrics,
    authenticate,
    total: config.mqttConnections,
    perAddress: config.mqttConnectionsPerAddress,
    perLoopback: config.mqttConnections,
    pending: config.mqttPendingConnections,
    connectDeadline: config.mqttConnectDeadline,
    authenticateDeadline: config.mqttConnectDeadline,
    drainDeadline: config.mqttDrainDeadline,
    keepAliveLimit: 3600,
    // The protocol's own limit and the topic before it (docs/reference/native-protocol.md).
    messageLimit: limits.messageBytes + 128,
    queueLimit: config.mqttQueueLimit,
    handshakes: handshakesOf(config),
  })
}

function handshakesOf(config: Config): HandshakeLimits {
  const { tlsHandshakes: most, tlsHandshakesPerAddress: mostPerAddress, tlsHandshakeDeadline: deadline } = config
  return { most, mostPerAddress, deadline }
}

/** Files for whoever holds a good link: the link says which device and which manifest, the manifest which files. */
function files(
  { config, clock, log }: Parts,
  checkLink: Registration['checkFileLink'],
  definitions: Pick<ServiceDefinitions, 'fileIn' | 'patchIn'>,
): RawHandler {
  return createFilesHandler({
    clock,
    log,
    openLimit: config.downloads,
    minimumRate: config.downloadMinimumRate,
    grace: 30_000,
    async authorise(manifest, digest, query, { shown, tell }) {
      checkLink(manifest, query.toString(), shown, tell)
      const file = await definitions.fileIn(manifest, digest)
      if (file === null) throw new CallerError(notFound, `The manifest ${manifest} has no file ${digest}.`)
      return file
    },
    patch: (manifest, digest, from) => definitions.patchIn(manifest, digest, from),
  })
}
