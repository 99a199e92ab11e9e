import type { Input } from '@sutler/device-model'
import type { OutsideSignal } from '../../../engine/index.ts'
import type { Tx } from '../../../platform/database.ts'
import { appendEvents } from '../../../platform/events.ts'
import { judge, type Proof } from '../domain/proof.ts'
import { auditForeignInput, auditInput } from './audit-inputs.ts'
import { deliveryEvent } from './delivery-events.ts'
import type { OrderDependencies } from './dependencies.ts'
import type { Delivery, Progress } from './storage.ts'

/** An input about a delivery, from an authenticated device. */
export interface DeliveryInput {
  readonly device: string
  readonly input: Extract<Input, { delivery: string }>
}

/**
 * Takes what devices say about their deliveries, many at once, in the caller's transaction: outcomes are judged against the
 * manifest here, then signalled to the `delivery` instance; progress is only recorded.
 * @returns per input null, or `unknown-delivery` when this device has no such delivery
 */
export async function takeInputs(
  deps: OrderDependencies,
  tx: Tx,
  inputs: readonly DeliveryInput[],
): Promise<(string | null)[]> {
  const deliveries = await deps.storage.deliveriesForUpdate(tx, [...new Set(inputs.map(({ input }) => input.delivery))])
  const signals: OutsideSignal[] = []
  const progress: Progress[] = []
  const proofs: { delivery: string; proof: Proof }[] = []
  const answers: (string | null)[] = []
  for (const { device, input } of inputs) {
    const delivery = deliveries.get(input.delivery)
    if (delivery === undefined || delivery.device !== device) {
      auditForeignInput(deps, device, input)
      answers.push('unknown-delivery')
      continue
    }
    answers.push(null)
    const proof = input.kind === 'outcome' ? await prove(deps, delivery, input) : null
    auditInput(deps, tx, delivery, input, proof)
    if (input.kind === 'progress') progress.push(input)
    else if (input.kind === 'outcome' && proof !== null) {
      proofs.push({ delivery: delivery.id, proof })
      signals.push(signal(device, input, { proven: proof.holds, result: input.result, detail: proof.detail }))
    } else if (input.kind === 'accepted') signals.push(signal(device, input, {}))
    else if (input.kind === 'declined')
      signals.push(signal(device, input, { reason: input.reason, detail: input.detail }))
  }
  const now = new Date(deps.clock.now())
  const moved = await deps.storage.recordProgress(tx, progress, now)
  await deps.storage.recordProofs(tx, proofs)
  await deps.engine.send(tx, signals)
  await appendEvents(
    tx,
    deps.doorbells,
    moved.map((delivery) => deliveryEvent('delivery.progress', delivery)),
  )
  return answers
}

async function prove(
  deps: OrderDependencies,
  delivery: Delivery,
  outcome: Extract<Input, { kind: 'outcome' }>,
): Promise<Proof> {
  if (delivery.manifest === null || delivery.kind === 'remove') return judge(outcome, null, delivery.kind)
  const found = await deps.definitions.manifest(delivery.manifest)
  if (found === null)
    return { holds: false, files: 0, wrong: [], detail: `the manifest ${delivery.manifest} is gone from the hub` }
  return judge(outcome, found.manifest, delivery.kind)
}

/**
 * The device's message id makes a repeat of the message a repeat of the signal: the engine takes it once. What a device says
 * of a delivery that ended so long ago that its instance is gone concerns nobody.
 */
function signal(device: string, input: DeliveryInput['input'], args: OutsideSignal['args']): OutsideSignal {
  return {
    to: `model:delivery/${input.delivery}`,
    id: `${device}/${input.id}`,
    type: input.kind,
    args,
    missing: 'ignore',
  }
}
