import { Gauge, Registry, collectDefaultMetrics } from 'prom-client'
import { actAsHub } from './acting.ts'
import type { Log } from './log.ts'

/** Where every metric is registered; /metrics shows it. Names: `sutler_<what>_<unit>`, base units (seconds, bytes). */
export type Metrics = Registry

/** A registry with Node's own metrics in it (memory, event loop lag, garbage collection). */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}

/** A measurement that is asked of the database whenever it is shown, of all tenants; NaN when that fails. */
export function countedGauge(
  metrics: Metrics,
  log: Log,
  { name, help, count }: { name: string; help: string; count: () => Promise<number> },
): void {
  void new Gauge({
    name,
    help,
    registers: [metrics],
    async collect() {
      try {
        this.set(await actAsHub(count))
      } catch (error) {
        // The other metrics are wanted most when the database is away.
        this.set(Number.NaN)
        log.warn({ err: error }, `${name} could not be counted`)
      }
    },
  })
}
