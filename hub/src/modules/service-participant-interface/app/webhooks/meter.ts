import { Counter, Histogram } from 'prom-client'
import type { Metrics } from '../../../../platform/metrics.ts'
import type { Attempt } from '../../domain/webhook.ts'

/** What /metrics tells of webhooks. */
export interface WebhookMeter {
  attempted(attempt: Pick<Attempt, 'outcome' | 'duration' | 'kind'>): void
  disabled(why: string): void
}

export function webhookMeter(metrics: Metrics): WebhookMeter {
  const registers = [metrics]
  const attempts = new Counter({
    name: 'sutler_webhook_attempts_total',
    help: 'Messages sent to webhooks, by what became of them',
    labelNames: ['outcome', 'kind'],
    registers,
  })
  const seconds = new Histogram({
    name: 'sutler_webhook_attempt_seconds',
    help: 'How long receivers of webhooks took to answer',
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10],
    registers,
  })
  const disabled = new Counter({
    name: 'sutler_webhooks_disabled_total',
    help: 'Webhooks that the hub switched off, by why',
    labelNames: ['why'],
    registers,
  })
  return {
    attempted({ outcome, duration, kind }) {
      attempts.inc({ outcome, kind })
      seconds.observe(duration / 1000)
    },
    disabled: (why) => disabled.inc({ why }),
  }
}
