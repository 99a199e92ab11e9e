import type { Hono } from 'hono'
import { z } from 'zod'
import type { Access } from '../access.ts'
import { request } from '../acting.ts'
import type { Clock } from '../clock.ts'
import { OutsideError } from '../errors.ts'
import type { Metrics } from '../metrics.ts'
import { within } from '../wait.ts'
import { endpoint, type ApiEnv } from './api.ts'
import { audited } from './audited.ts'
import { bindings } from './bindings.ts'
import { notReady } from './codes.ts'
import { requirePrincipal } from './principal.ts'

/** Fails or hangs when the part cannot do its work. */
export type ReadinessCheck = () => Promise<unknown>

export interface OperationsOptions {
  /** Known once the hub has started. */
  readonly hubId: () => string
  readonly clock: Clock
  readonly access: Access
  readonly metrics: Metrics
  /** By name of the part: database, broker. */
  readonly ready: Readonly<Record<string, ReadinessCheck>>
}

const checkDeadline = 2000
const tag = 'operations'
const metricsRead = { id: 'metrics', action: 'metrics.read' } as const

const health = z.object({
  status: z.literal('ok'),
  time: z.iso.datetime().describe('The hub’s clock; a device whose own is wrong corrects it by this.'),
  hub: z.string().describe('The hub’s id, part of what devices sign.'),
})

/** /healthz, /readyz and /metrics: what those who run the hub look at. */
export function addOperations(app: Hono<ApiEnv>, options: OperationsOptions): void {
  app.get(
    '/healthz',
    ...endpoint({
      id: 'health',
      summary: 'Say that the hub is alive',
      tag,
      security: 'none',
      answer: { status: 200, schema: health },
    }),
    (c) => c.json({ status: 'ok' as const, time: new Date(options.clock.now()).toISOString(), hub: options.hubId() }),
  )
  app.get(
    '/readyz',
    ...endpoint({
      id: 'readiness',
      summary: 'Say whether the hub can do its work',
      tag,
      security: 'none',
      answer: { status: 200, schema: z.object({ status: z.literal('ready'), parts: z.array(z.string()) }) },
      problems: [notReady],
    }),
    async (c) => {
      const parts = Object.entries(options.ready)
      const results = await Promise.allSettled(
        parts.map(([name, check]) => within(check(), checkDeadline, () => late(name))),
      )
      const failed = parts.filter((_part, i) => results[i]?.status === 'rejected').map(([name]) => name)
      if (failed.length > 0) throw new OutsideError(notReady, `Not ready: ${failed.join(', ')}.`)
      return c.json({ status: 'ready' as const, parts: parts.map(([name]) => name) })
    },
  )
  const identify = requirePrincipal(options.access)
  app.get(
    '/metrics',
    ...endpoint({
      id: 'metrics',
      summary: 'Measurements for Prometheus',
      tag,
      action: 'metrics.read',
      answer: { status: 200, schema: null, mediaType: 'text/plain' },
    }),
    async (c) => {
      await identify(c, metricsRead)
      const principal = c.get('principal')
      const { metrics, access } = options
      const who = request(principal, bindings(c).incoming?.requestId ?? '')
      return (await audited(access, metricsRead, c, who, async () => {
        access.authorise(principal, metricsRead.action)
        return c.body(await metrics.metrics(), 200, { 'content-type': metrics.contentType })
      })) as Response
    },
  )
}

function late(name: string): OutsideError {
  return new OutsideError(notReady, `${name} did not answer within ${checkDeadline} ms`)
}
