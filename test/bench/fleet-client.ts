import type { HubProcess } from '../support/hub-process.ts'
import { startProcess } from './bench-process.ts'
import type { FleetMemory, FleetOrdered, FleetQuestion, FleetStarted } from './fleet-process.ts'
import type { BenchOptions } from './measure.ts'

/** A simulated fleet in a process of its own. */
export interface FleetProcess {
  readonly pid: number
  /** Resolves when all are connected and, with a service, ordered it. @throws Error when one is not */
  start(wanted: {
    readonly hub: HubProcess
    readonly devices: number
    readonly seed: number
    readonly service: string | null
  }): Promise<FleetStarted>
  /** Orders it, unless `start` did, and resolves when every device has reported. @throws Error when one does not */
  order(service: string): Promise<FleetOrdered>
  memory(): Promise<FleetMemory>
  /** Disconnects the devices and ends the process. */
  stop(): Promise<void>
}

/** Node's flags are those of `npm run fleet`, and `flags`. */
export function startFleet(
  { resources }: Pick<BenchOptions, 'resources'>,
  flags: readonly string[] = [],
): FleetProcess {
  const child = startProcess('fleet-process.ts', ['--max-semi-space-size=2', ...flags])
  resources.defer(() => child.stop())
  const ask = <Answer>(question: FleetQuestion): Promise<Answer> => child.ask<Answer>(question)
  return {
    pid: child.pid,
    start: ({ hub, ...wanted }) =>
      ask({ do: 'start', hub: hub.secure.url, ca: hub.secure.ca, token: hub.connection.token!, ...wanted }),
    order: (service) => ask({ do: 'order', service }),
    memory: () => ask({ do: 'memory' }),
    async stop() {
      await ask({ do: 'stop' })
      await child.stop()
    },
  }
}
