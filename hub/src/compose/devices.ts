import type { DeviceProtocol } from '@sutler/device-model'
import { createNativeProtocol } from '@sutler/protocol-native'
import { limits } from '@sutler/wire'
import type { Registration } from '../modules/registration/index.ts'
import type { ServiceDefinitions } from '../modules/service-definitions/index.ts'
import { notFound } from '../platform/access.ts'
import { CallerError } from '../platform/errors.ts'
import type { UpgradeHandler } from '../platform/http/device-listener.ts'
import { createFilesHandler } from '../platform/http/files.ts'
import { createInProcess } from '../platform/http/in-process.ts'
import type { RawHandler } from '../platform/http/server.ts'
import { MqttBroker } from '../platform/mqtt/mqtt-broker.ts'
import { handshakesOf, type Parts } from './parts.ts'
import { foreignProtocols } from './protocols.ts'

/** The protocol's own limit and the topic before it (docs/reference/native-protocol.md), bytes. */
export const mqttMessageLimit = limits.messageBytes + 128

/** By what devices come in: the broker, every protocol that is switched on, and the files they fetch. */
export interface DeviceSide {
  readonly broker: MqttBroker
  readonly protocols: readonly DeviceProtocol[]
  /** Files, and what devices without our agent ask for over HTTP. */
  readonly raw: readonly RawHandler[]
  /** Whether a protocol took the request to speak WebSocket. */
  readonly upgrade: UpgradeHandler
  /** A device that may no longer come in: whatever connection it has ends. */
  cutOff(device: string): void
  close(): Promise<void>
}

export function createDeviceSide(
  parts: Parts,
  { authenticateDevice, checkFileLink }: Pick<Registration, 'authenticateDevice' | 'checkFileLink'>,
  definitions: Pick<ServiceDefinitions, 'fileIn' | 'patchIn' | 'tuf'>,
): DeviceSide {
  const { config, clock, log, sealing } = parts
  const broker = createBroker(parts, authenticateDevice)
  const foreign = foreignProtocols({ config, clock, log, broker, sealing })
  const files = createFiles(parts, checkFileLink, definitions)
  const filesOverMqtt = createInProcess([files, definitions.tuf()])
  const native = createNativeProtocol({
    transport: broker,
    files: (path, from, most) => filesOverMqtt.get(path, from, most),
    onProblem: (problem) => log.warn({ ...problem }, 'a device sent what cannot be taken'),
  })
  return {
    broker,
    protocols: [native, ...foreign.protocols],
    raw: [files, ...foreign.raw],
    upgrade: foreign.upgrade,
    cutOff(device) {
      broker.disconnect(device)
      foreign.cutOff(device)
    },
    async close() {
      await broker.close()
      filesOverMqtt.close()
    },
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
    messageLimit: mqttMessageLimit,
    queueLimit: config.mqttQueueLimit,
    handshakes: handshakesOf(config),
  })
}

/** Files for whoever holds a good link: the link says which device and which manifest, the manifest which files. */
function createFiles(
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
