import { Registry, collectDefaultMetrics } from 'prom-client'

/** Where every metric is registered; /metrics shows it. Names: `sutler_<what>_<unit>`, base units (seconds, bytes). */
export type Metrics = Registry

/** A registry with Node's own metrics in it (memory, event loop lag, garbage collection). */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}
