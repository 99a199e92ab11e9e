import type { Principal } from '../../../../platform/access.ts'
import type { Milliseconds } from '../../../../platform/clock.ts'
import { newId } from '../../../../platform/ids.ts'
import type { Device, DeviceSelection } from '../../../entity-management/index.ts'
import type { OperationPreview, OperationWish } from '../../domain/operations/operation.ts'
import type { OperationDependencies } from './dependencies.ts'
import { kindOf, type OperationKind, type Refusal } from './kinds.ts'

const goodFor: Milliseconds = 15 * 60_000
/** Devices that are looked at one by one, and how long that may take. */
const mostLookedAt = 10_000
const budget: Milliseconds = 2_000
const batch = 500
/** Devices of the first page, and of each reason. */
const shown = 50
const examples = 5

export interface LookedAt {
  /** How many were looked at; all of them, or the first ones in order of id. */
  readonly lookedAt: number
  readonly complete: boolean
  readonly first: readonly { readonly device: Device; readonly refusal: Refusal | null }[]
  readonly refusals: readonly (Refusal & { readonly devices: number; readonly first: readonly string[] })[]
}

/** What an operation would do, kept for its start. @throws CallerError where the selection or the operation cannot be */
export async function previewOperation(
  deps: OperationDependencies,
  { id: principal, tenant }: Pick<Principal, 'id' | 'tenant'>,
  selection: DeviceSelection,
  operation: OperationWish,
): Promise<OperationPreview & LookedAt> {
  const { entities, database, clock } = deps
  const kind = kindOf(deps, operation)
  await kind.check(tenant, operation)
  const counted = await entities.countSelected(tenant, selection)
  const looked = await lookAt(deps, kind, tenant, selection)
  const now = clock.now()
  const id = newId('dop', now)
  const preview: OperationPreview = { id, tenant, principal, selection, operation, counted, expiresAt: now + goodFor }
  await database.transaction((tx) => deps.operations.addPreview(tx.sql, preview, now))
  return { ...preview, ...looked }
}

async function lookAt(
  { entities, clock }: OperationDependencies,
  { refusal }: OperationKind<OperationWish>,
  tenant: string,
  selection: DeviceSelection,
): Promise<LookedAt> {
  const until = clock.monotonic() + budget
  const first: { device: Device; refusal: Refusal | null }[] = []
  const reasons = new Map<string, Refusal & { devices: number; first: string[] }>()
  const refuse = (device: string, why: Refusal): void => {
    const same = reasons.get(why.code) ?? { ...why, devices: 0, first: [] }
    if (same.first.length < examples) same.first.push(device)
    reasons.set(why.code, { ...same, devices: same.devices + 1 })
  }
  const unseen = new Set(selection.devices)
  let [lookedAt, after, complete]: [number, string | undefined, boolean] = [0, undefined, false]
  while (!complete && lookedAt < mostLookedAt && (lookedAt === 0 || clock.monotonic() < until)) {
    const ids = await entities.pageSelected(tenant, selection, after, batch)
    for (const device of await entities.devices(ids)) {
      const refused = refusal(device)
      unseen.delete(device.id)
      if (refused !== null) refuse(device.id, refused)
      if (first.length < shown) first.push({ device, refusal: refused })
    }
    lookedAt += ids.length
    after = ids.at(-1) ?? after
    complete = ids.length < batch
  }
  if (complete) for (const id of unseen) refuse(id, { code: 'unknown-device', detail: 'There is no such device.' })
  return { lookedAt, complete, first, refusals: [...reasons.values()] }
}
