import type { Hono } from 'hono'
import { Counter } from 'prom-client'
import { notFound, type Decision } from '../../platform/access.ts'
import { CallerError } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { ApiEnv } from '../../platform/http/api.ts'
import type { Metrics } from '../../platform/metrics.ts'
import type { Task } from '../../engine/index.ts'
import { askDevice } from './app/ask-device.ts'
import { askCapabilities, type AskedDevice } from './app/ask-capabilities.ts'
import type { ConsumerDependencies, DeviceIdentities } from './app/dependencies.ts'
import { deviceCancel, deviceOffer } from './app/device-tasks.ts'
import { DeviceFiles } from './app/device-files.ts'
import { fetching } from './app/fetching.ts'
import { Intake } from './app/intake.ts'
import { Presence } from './app/presence.ts'
import { protocolHost } from './app/protocol-host.ts'
import { Refusing } from './app/refusing.ts'
import { Sender } from './app/sender.ts'
import { Sightings } from './app/sightings.ts'
import { Waking } from './app/waking.ts'
import type { DeliveryOnDevice, LogRow, QueuedOutput } from './app/storage.ts'
import { consumerRoutes } from './http/routes.ts'
import { memoryStore } from './store/memory-store.ts'
import { outputStore } from './store/output-store.ts'

export type { DeviceIdentities }

/** The only module that knows protocols exist: inputs come in here, outputs queue here until their device has taken them. */
export interface ServiceConsumerInterface {
  /** Engine tasks that the shipped patterns use, by name. */
  readonly tasks: Readonly<Record<string, Task>>
  /** Asks devices to report what they are: at once, or when they are back. @param decision what it follows from */
  askCapabilities(devices: readonly AskedDevice[], decision: Decision): Promise<void>
  /**
   * Asks a device for its log, on a decision of the caller's request. @param bytes at most, the newest
   * @returns the id by which the log is known when it comes @throws CallerError `not-found`, `device-cannot`, `device-out-of-service`
   */
  askLog(device: string, bytes: number): Promise<string>
  /** Logs that came, of these devices, by request; each is kept for a week at most. */
  logsOf(
    asked: readonly { readonly device: string; readonly request: string }[],
  ): Promise<ReadonlyMap<string, Pick<LogRow, 'receivedAt' | 'text'>>>
  start(): Promise<void>
  /** Stops taking inputs, then sending; what is queued stays queued. */
  stop(): Promise<void>
  /** By delivery: when its newest output was queued, and sent. Outputs that were taken are forgotten after a week. */
  outputsFor(deliveries: readonly DeliveryOnDevice[]): Promise<ReadonlyMap<string, QueuedOutput>>
  routes(): Hono<ApiEnv>
}

type Given = Omit<ConsumerDependencies, 'storage' | 'memory' | 'outputsDropped'> & { readonly metrics: Metrics }

export function createServiceConsumerInterface({ metrics, ...given }: Given): ServiceConsumerInterface {
  const outputsDropped = new Counter({
    name: 'sutler_outputs_dropped_total',
    help: 'Outputs to devices that were taken out of the queue before they were sent: superseded, cancelled or given up.',
    registers: [metrics],
  })
  const deps: ConsumerDependencies = { ...given, storage: outputStore, memory: memoryStore, outputsDropped }
  const intake = new Intake(deps, queued)
  const refusing = new Refusing(deps, (device, inputs) => intake.take(device, inputs))
  const sender = new Sender(deps, refusing)
  const presence = new Presence(deps)
  const sightings = new Sightings(deps.clock, (device, present) => presence.set(device, present))
  const fetch = fetching(deps, refusing, (device, id, why) => sender.taken(device, id, why))
  const waking = new Waking(deps)
  const parts = { deps, intake, sender, presence, sightings, fetch, files: new DeviceFiles(deps) }
  function queued(devices: Iterable<string>): void {
    const all = [...devices]
    sender.queued(all)
    waking.queued(all)
    deps.doorbells.ringElsewhere('outputs')
  }
  return {
    tasks: { 'device.offer': deviceOffer(deps, queued), 'device.cancel': deviceCancel(deps, queued) },
    askCapabilities: (devices, decision) => askCapabilities(deps, queued, devices, decision),
    async askLog(id, bytes) {
      const device = await deps.entities.device(id)
      if (device === null) throw new CallerError(notFound, `There is no device ${id}.`)
      const request = newId('log', deps.clock.now())
      await askDevice(deps, queued, device, { kind: 'collect-log', bytes, request })
      return request
    },
    async logsOf(asked) {
      if (asked.length === 0) return new Map()
      const found = await memoryStore.logsOf(deps.database.sql, asked)
      return new Map(found.map((log) => [log.request, log]))
    },
    async start() {
      sender.start()
      sightings.start()
      for (const protocol of deps.protocols) await protocol.start(protocolHost(protocol, parts))
    },
    async stop() {
      for (const protocol of deps.protocols) await protocol.stop()
      sightings.stop()
      await waking.stop()
      await sender.stop()
      await presence.flush()
    },
    async outputsFor(deliveries) {
      const found = await outputStore.newestOf(deps.database.sql, deliveries)
      return new Map(found.map((output) => [output.delivery, output]))
    },
    routes: () => consumerRoutes(deps, queued),
  }
}
