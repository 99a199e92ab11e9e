import { createEngine, type Engine } from '../engine/index.ts'
import { createEntityManagement, type EntityManagement } from '../modules/entity-management/index.ts'
import { createOrderProcessing, resolverDevice, type OrderProcessing } from '../modules/order-processing/index.ts'
import {
  createPolicyAndPreferences,
  windows,
  type PolicyAndPreferences,
} from '../modules/policy-and-preferences/index.ts'
import { createRegistration, type Registration } from '../modules/registration/index.ts'
import {
  createServiceConsumerInterface,
  type ServiceConsumerInterface,
} from '../modules/service-consumer-interface/index.ts'
import {
  compositionLimits,
  createServiceDefinitions,
  type ServiceDefinitions,
  type ServiceDefinitionsDeps,
} from '../modules/service-definitions/index.ts'
import {
  createServiceDeveloperInterface,
  type ServiceDeveloperInterface,
} from '../modules/service-developer-interface/index.ts'
import {
  createServiceParticipantInterface,
  type ServiceParticipantInterface,
} from '../modules/service-participant-interface/index.ts'
import { roleContracts } from '../patterns/contracts.ts'
import type { Log } from '../platform/log.ts'
import { createMailer, measuringMails, type Mailer } from '../platform/mail.ts'
import { partialUploads, type PartialUploads } from '../platform/partial-uploads.ts'
import type { KnownAddresses } from './addresses.ts'
import { createDeviceSide, type DeviceSide } from './devices.ts'
import type { Parts } from './parts.ts'

/** The eight modules, with the engine that they share, and by what devices come in. */
export interface Modules {
  readonly engine: Engine
  readonly entities: EntityManagement
  readonly registration: Registration
  readonly definitions: ServiceDefinitions
  readonly orders: OrderProcessing
  readonly policy: PolicyAndPreferences
  readonly developers: ServiceDeveloperInterface
  readonly consumers: ServiceConsumerInterface
  readonly participants: ServiceParticipantInterface
  readonly devices: DeviceSide
  /** Files that are being uploaded. */
  readonly partial: PartialUploads
  /** Null: the hub has no mail server. */
  readonly mailer: Mailer | null
}

/** Makes the modules, each with those that it stands on; what it asks of one that is made after it, it asks once the hub runs. */
export function createModules(parts: Parts, addresses: KnownAddresses): Modules {
  const { config, database, sealing, doorbells, blobs, clock, log, metrics, signer } = parts
  const shared = { database, doorbells, clock, log }
  const publicUrl = () => addresses.now().url
  const mailer = mailerOf(parts)
  const outside = { sealing, inside: config.directoriesPrivate === 'allow' }
  const entities = createEntityManagement({ ...shared, historyRetention: config.historyRetention, outside })
  const registration = createRegistration({
    ...shared,
    database: parts.registrationDatabase,
    sealing,
    auditRetention: config.auditRetention,
    mailer,
    entities,
    publicUrl,
    ownCertificate: config.tlsCertFile === null,
    mqttUrl: () => addresses.now().mqtt,
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
    household: (id) => householdAsItIs(id, entities, orders),
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
    logs: {
      ask: (device, bytes) => consumers.askLog(device, bytes),
      received: (asked) => consumers.logsOf(asked),
    },
  })
  const policy: PolicyAndPreferences = createPolicyAndPreferences({ ...shared, access, entities, orders, definitions })
  const devices = createDeviceSide(parts, registration, definitions)
  const consumers: ServiceConsumerInterface = createServiceConsumerInterface({
    ...shared,
    metrics,
    access,
    entities,
    orders,
    definitions,
    identities: registration.identities,
    protocols: devices.protocols,
    fileLink: registration.fileLink,
    deviceUrl: () => addresses.now().devices,
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
    systems: { broker: devices.broker, authenticate: registration.authenticateSystem },
    publicUrl,
    allowInside: config.webhooksPrivate === 'allow',
  })
  followDevices(registration, orders, devices, log)
  for (const { tasks } of [orders, policy, consumers])
    for (const [name, task] of Object.entries(tasks)) engine.registerTask(name, task)
  return {
    engine,
    entities,
    registration,
    definitions,
    orders,
    policy,
    developers,
    consumers,
    participants,
    devices,
    partial,
    mailer,
  }
}

function mailerOf({ config, metrics }: Parts): Mailer | null {
  const { smtpUrl, mailFrom: from, smtpTls: tls } = config
  const measured = measuringMails(metrics)
  return smtpUrl === null ? null : measured(createMailer({ url: smtpUrl, from, tls }))
}

/** Its devices that can be given something, and the services it has, for the resolver. */
async function householdAsItIs(
  id: string,
  entities: EntityManagement,
  orders: OrderProcessing,
): ReturnType<ServiceDefinitionsDeps['household']> {
  const found = await entities.household(id)
  if (found === null) return null
  const [devices, services] = await Promise.all([entities.devicesOfHousehold(id), orders.installedServices(id)])
  const active = devices.filter(({ tenant, state }) => tenant === found.tenant && state === 'active')
  return { tenant: found.tenant, devices: active.map(resolverDevice), services }
}

/** What registration, on which they stand, decides of a device changes what others do for it. */
function followDevices(registration: Registration, orders: OrderProcessing, devices: DeviceSide, log: Log): void {
  const logged = (device: string, what: string) => (error: unknown) => log.error({ err: error, device }, what)
  registration.onCutOff((device, decommissioned) => {
    devices.cutOff(device)
    if (decommissioned)
      orders
        .giveUpDevice(device)
        .catch(
          logged(
            device,
            'open deliveries to a device that was taken out of service could not be cancelled; they fail after their time-out',
          ),
        )
  })
  registration.onProtocolChange((device, at) => {
    orders
      .offerAnew(device, at)
      .catch(logged(device, 'what a device had begun in another protocol is offered anew only after a day'))
  })
}
