import { Counter, Histogram } from 'prom-client'
import type { Milliseconds } from '../platform/clock.ts'
import type { Database } from '../platform/database.ts'
import type { Log } from '../platform/log.ts'
import { countedGauge, type Metrics } from '../platform/metrics.ts'
import { countWaiting } from './store/views.ts'

/** Told of each batch that was committed. */
export interface Measures {
  batch(taken: number, time: Milliseconds): void
}

/** Registers the engine's metrics. Mailbox and flags are counted when they are asked for, up to a bound. */
export function measureEngine(metrics: Metrics, database: Database, log: Log): Measures {
  const registers = [metrics]
  const signals = new Counter({
    name: 'sutler_engine_signals_total',
    help: 'Signals, delayed signals and ends of tasks and subinstances that were taken',
    registers,
  })
  const size = new Histogram({
    name: 'sutler_engine_batch_signals',
    help: 'What was taken in one transaction',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000],
    registers,
  })
  const duration = new Histogram({
    name: 'sutler_engine_batch_seconds',
    help: 'From the begin of a batch to its commit',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    registers,
  })
  countedGauge(metrics, log, {
    name: 'sutler_engine_mailbox_signals',
    help: 'Signals that wait in mailboxes, counted up to 100,000',
    count: () => countWaiting(database.sql, 'mail'),
  })
  countedGauge(metrics, log, {
    name: 'sutler_engine_attention_instances',
    help: 'Instances that a person should look at, up to 10,000',
    count: () => countWaiting(database.sql, 'attention'),
  })
  return {
    batch(taken, time) {
      signals.inc(taken)
      size.observe(taken)
      duration.observe(time / 1_000)
    },
  }
}
