import { Counter, Gauge, Histogram } from 'prom-client'
import type { Milliseconds } from '../../../platform/clock.ts'
import type { Metrics } from '../../../platform/metrics.ts'

/** What /metrics tells of those who listen to events: over HTTP, and systems over MQTT. */
export interface FeedMeter {
  listeners(count: number): void
  /** How long after it happened an event is told. */
  told(lag: Milliseconds): void
  /** A listener was cut off: it reads too slowly, or it could not be asked or written to. */
  cut(why: 'slow' | 'failed'): void
}

export function feedMeter(metrics: Metrics): FeedMeter {
  const registers = [metrics]
  const listeners = new Gauge({ name: 'sutler_event_listeners', help: 'Who listens to events at this hub', registers })
  const lag = new Histogram({
    name: 'sutler_event_lag_seconds',
    help: 'From when an event happened to when listeners are told, of the oldest of those told at once',
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
    registers,
  })
  const cut = new Counter({
    name: 'sutler_event_listeners_cut_total',
    help: 'Listeners that were cut off, by why; they come back and go on where they were',
    labelNames: ['why'],
    registers,
  })
  return {
    listeners: (count) => listeners.set(count),
    told: (milliseconds) => lag.observe(milliseconds / 1000),
    cut: (why) => cut.inc({ why }),
  }
}
