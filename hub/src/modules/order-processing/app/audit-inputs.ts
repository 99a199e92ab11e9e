import { createHash } from 'node:crypto'
import type { Input } from '@sutler/device-model'
import type { Tx } from '../../../platform/database.ts'
import type { NewDecision } from '../../../platform/decisions.ts'
import type { Proof } from '../domain/proof.ts'
import type { OrderDependencies } from './dependencies.ts'
import type { Delivery } from './storage.ts'

type DeliveryInput = Extract<Input, { delivery: string }>

/** Digests of files that a row names; the manifest names them all. */
const named = 100

/** What a device says of its own delivery is in the audit, in the transaction that takes it; progress is not. */
export function auditInput(
  { access }: Pick<OrderDependencies, 'access'>,
  tx: Tx,
  delivery: Delivery,
  input: DeliveryInput,
  proof: Proof | null,
): void {
  if (input.kind === 'progress') return
  const { id, tenant, device, order, household, manifest } = delivery
  const object = { device, delivery: id, order, ...(manifest === null ? {} : { manifest }) }
  const reason = 'the delivery is for this device'
  const decision = access.judged({
    ...about(device),
    tenant,
    action: `delivery.${input.kind}`,
    object,
    verdict: 'allowed',
    reason,
  })
  tx.audit.decisions.push(decision)
  if (input.kind !== 'outcome' || proof === null) return
  const { result, health, digests, error, reported } = input
  const all = createHash('sha256').update(JSON.stringify(digests)).digest('hex')
  const proven = { proven: proof.holds, detail: proof.detail, result, health, error, manifest }
  const data = {
    ...proven,
    files: digests.length,
    digests: digests.slice(0, named),
    digestOfAll: all,
    ...(reported && { reported }),
  }
  tx.audit.events.push({ type: 'delivery.proof', subject: id, tenant, household, data, decision: decision.id })
}

/** A device that says something of a delivery that is not its own, or of none. */
export function auditForeignInput(
  { access }: Pick<OrderDependencies, 'access'>,
  device: string,
  input: DeliveryInput,
): void {
  const reason = 'there is no such delivery for this device'
  const made = { ...about(device), tenant: null, object: { device } }
  access.decided({ ...made, action: `delivery.${input.kind}`, verdict: 'refused', reason })
}

function about(device: string): Pick<NewDecision, 'actor'> {
  return { actor: { id: device, kind: 'device' } }
}
