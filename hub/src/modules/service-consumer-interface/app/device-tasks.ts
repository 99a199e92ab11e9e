import type { Task, TaskCall, TaskEnd } from '../../../engine/index.ts'
import { appendEvents, type LifecycleEvent } from '../../../platform/events.ts'
import type { ConsumerDependencies } from './dependencies.ts'
import type { NewOutput } from './storage.ts'

type Queueing = Pick<ConsumerDependencies, 'orders' | 'storage' | 'clock' | 'doorbells' | 'outputsDropped'>

/** Told after the commit which devices have something new in their queue. */
export type Queued = (devices: Iterable<string>) => void

/** `device.offer(delivery)`: queues the delivery's output for its device. Ends with `{}`. */
export function deviceOffer(deps: Queueing, queued: Queued): Task {
  return {
    kind: 'transactional',
    async run(tx, calls) {
      const outputs = await deps.orders.outputsOf(tx, [...new Set(calls.map(({ args }) => String(args['delivery'])))])
      await deps.storage.add(tx, outputs, new Date(deps.clock.now()))
      tx.audit.events.push(...outputs.map(audited))
      tx.afterCommit(() => queued(outputs.map((output) => output.device)))
      return calls.map((): TaskEnd => ({ done: {} }))
    },
  }
}

/**
 * `device.cancel(delivery, device, reason)`: takes the delivery's unsent outputs out of the queue; a device that may know
 * of the delivery is told to stop. Ends with `{}`.
 */
export function deviceCancel(deps: Queueing, queued: Queued): Task {
  return {
    kind: 'transactional',
    async run(tx, calls) {
      const now = new Date(deps.clock.now())
      const { sent, unsent } = await deps.storage.dropDeliveries(
        tx,
        calls.map(({ args }) => ({ device: String(args['device']), delivery: String(args['delivery']) })),
        now,
      )
      const outputs = calls
        .filter(({ args }) => sent.has(String(args['delivery'])))
        .map(({ tenant, args }): NewOutput => {
          const reason = String(args['reason'] ?? '').slice(0, 500)
          return {
            ...(tenant && { tenant }),
            device: String(args['device']),
            output: { kind: 'cancel', delivery: String(args['delivery']), reason },
          }
        })
      await deps.storage.add(tx, outputs, now)
      tx.audit.events.push(...outputs.map(audited))
      await appendEvents(
        tx,
        deps.doorbells,
        calls.filter(({ args }) => unsent.has(String(args['delivery']))).map(droppedEvent),
      )
      tx.afterCommit(() => {
        deps.outputsDropped.inc(unsent.size)
        queued(outputs.map((output) => output.device))
      })
      return calls.map((): TaskEnd => ({ done: {} }))
    },
  }
}

/** An output left the queue before it was sent: nobody wants it any more, or a newer order has taken its place. */
function droppedEvent({ tenant, args }: TaskCall): LifecycleEvent {
  const data = { device: String(args['device']), reason: String(args['reason'] ?? '').slice(0, 500) }
  return {
    type: 'delivery.dropped',
    subject: String(args['delivery']),
    ...(tenant && { tenant }),
    household: null,
    data,
  }
}

/** For the audit only: what is sent to which device, and which manifest names its files. */
export function audited({ tenant, device, output }: NewOutput): LifecycleEvent {
  const manifest = output.kind === 'install' ? { manifest: output.manifest.digest } : {}
  const data = { device, ...manifest, ...('reason' in output ? { reason: output.reason } : {}) }
  const subject = 'delivery' in output ? output.delivery : device
  return { type: `output.${output.kind}`, subject, ...(tenant !== undefined && { tenant }), household: null, data }
}
