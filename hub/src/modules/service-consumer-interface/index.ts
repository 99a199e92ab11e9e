import type { DeviceProtocol, ProtocolHost } from '@sutler/device-model'
import type { Hono } from 'hono'
import { Counter } from 'prom-client'
import type { Decision } from '../../platform/access.ts'
import type { ApiEnv } from '../../platform/http/api.ts'
import type { Metrics } from '../../platform/metrics.ts'
import type { Task } from '../../engine/index.ts'
import { askCapabilities, type AskedDevice } from './app/ask-capabilities.ts'
import type { ConsumerDependencies } from './app/dependencies.ts'
import { deviceCancel, deviceOffer } from './app/device-tasks.ts'
import { Intake } from './app/intake.ts'
import { Presence } from './app/presence.ts'
import { Sender } from './app/sender.ts'
import type { DeliveryOnDevice, QueuedOutput } from './app/storage.ts'
import { consumerRoutes } from './http/routes.ts'
import { outputStore } from './store/output-store.ts'

/** The only module that knows protocols exist: inputs come in here, outputs queue here until their device has taken them. */
export interface ServiceConsumerInterface {
  /** Engine tasks that the shipped patterns use, by name. */
  readonly tasks: Readonly<Record<string, Task>>
  /** Asks devices to report what they are: at once, or when they are back. @param decision what it follows from */
  askCapabilities(devices: readonly AskedDevice[], decision: Decision): Promise<void>
  start(): Promise<void>
  /** Stops taking inputs, then sending; what is queued stays queued. */
  stop(): Promise<void>
  /** By delivery: when its newest output was queued, and sent. Outputs that were taken are forgotten after a week. */
  outputsFor(deliveries: readonly DeliveryOnDevice[]): Promise<ReadonlyMap<string, QueuedOutput>>
  routes(): Hono<ApiEnv>
}

type Given = Omit<ConsumerDependencies, 'storage' | 'outputsDropped'> & { readonly metrics: Metrics }

export function createServiceConsumerInterface({ metrics, ...given }: Given): ServiceConsumerInterface {
  const outputsDropped = new Counter({
    name: 'sutler_outputs_dropped_total',
    help: 'Outputs to devices that were taken out of the queue before they were sent: superseded, cancelled or given up.',
    registers: [metrics],
  })
  const deps: ConsumerDependencies = { ...given, storage: outputStore, outputsDropped }
  const sender = new Sender(deps)
  const presence = new Presence(deps)
  const queued = (devices: Iterable<string>): void => {
    sender.queued(devices)
    deps.doorbells.ringElsewhere('outputs')
  }
  const intake = new Intake(deps, queued)
  return {
    tasks: { 'device.offer': deviceOffer(deps, queued), 'device.cancel': deviceCancel(deps, queued) },
    askCapabilities: (devices, decision) => askCapabilities(deps, queued, devices, decision),
    async start() {
      sender.start()
      for (const protocol of deps.protocols) await protocol.start(hostOf(protocol, intake, sender, presence))
    },
    async stop() {
      for (const protocol of deps.protocols) await protocol.stop()
      await sender.stop()
      await presence.flush()
    },
    async outputsFor(deliveries) {
      const found = await outputStore.newestOf(deps.database.sql, deliveries)
      return new Map(found.map((output) => [output.delivery, output]))
    },
    routes: () => consumerRoutes(deps),
  }
}

function hostOf(protocol: DeviceProtocol, intake: Intake, sender: Sender, presence: Presence): ProtocolHost {
  return {
    inputs: (device, inputs) => intake.take(device, inputs),
    outputTaken: (device, output, error) => sender.taken(device, output, error),
    reachable(device) {
      presence.set(device, true)
      sender.reachable(device, protocol)
    },
    unreachable(device) {
      presence.set(device, false)
      sender.unreachable(device)
    },
  }
}
