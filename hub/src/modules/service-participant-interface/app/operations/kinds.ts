import type { Action, Decision } from '../../../../platform/access.ts'
import { restOn } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { unknownGroup, wrongGroupKind, type Device } from '../../../entity-management/index.ts'
import type { OperationWish } from '../../domain/operations/operation.ts'
import type { OperationDependencies } from './dependencies.ts'

/** Why something is not done to a device. */
export interface Refusal {
  readonly code: string
  readonly detail: string
}

export type Failures = ReadonlyMap<string, Refusal>

/** One kind of operation. */
export interface OperationKind<W> {
  /** What whoever starts it must be allowed to do to any device. */
  readonly action: Action
  /** What it names is there and can be used so. @throws CallerError */
  check(tenant: string, wish: W): Promise<void>
  /** Why it would not be done to a device as that is now; null = it would. */
  refusal(device: Device): Refusal | null
  /**
   * Does it to some devices; doing it again changes nothing more.
   * @returns those that it could not be done to; what it throws is tried again for all of them
   */
  carryOut(devices: readonly Device[], wish: W, decision: Decision): Promise<Failures>
}

type Kinds = { readonly [K in OperationWish['kind']]: OperationKind<Extract<OperationWish, { kind: K }>> }

const none: Failures = new Map()

function operationKinds(deps: OperationDependencies): Kinds {
  return {
    decommission: {
      action: 'device.decommission',
      check: async () => {},
      refusal: unlessOutOfService,
      carryOut: (devices, _wish, decision) => each(devices, ({ id }) => deps.decommission(id, decision)),
    },
    'query-capabilities': {
      action: 'device.write',
      check: async () => {},
      refusal: unlessActive,
      async carryOut(devices, _wish, decision) {
        await deps.askCapabilities(devices, decision)
        return none
      },
    },
    'add-to-group': membership(deps, (ids) => ({ add: ids, remove: [] })),
    'remove-from-group': membership(deps, (ids) => ({ add: [], remove: ids })),
    'set-preferences': {
      action: 'preference.write',
      check: async (_tenant, wish) => deps.policy.devicePreferences.check(wish),
      refusal: unlessOutOfService,
      carryOut: (devices, wish, decision) =>
        each(devices, (device) => deps.policy.devicePreferences.change(device, wish, decision)),
    },
  }
}

/** The kind of a wish, for any wish. */
export function kindOf(deps: OperationDependencies, { kind }: OperationWish): OperationKind<OperationWish> {
  return operationKinds(deps)[kind] as OperationKind<OperationWish>
}

function membership(
  { database, entities }: OperationDependencies,
  change: (ids: string[]) => { add: string[]; remove: string[] },
): OperationKind<{ readonly group: string }> {
  return {
    action: 'group.write',
    async check(tenant, { group: id }) {
      const group = await entities.groups.find(id)
      if (group === null || group.tenant !== tenant) throw badGroup(unknownGroup, `There is no group ${id}.`)
      if (group.kind === 'static') return
      throw badGroup(wrongGroupKind, `The group ${group.name} is live: whatever matches its filter is in it.`)
    },
    refusal: () => null,
    async carryOut(devices, { group }, decision) {
      const ids = devices.map(({ id }) => id)
      await database.transaction(async (tx) => {
        restOn(tx, decision)
        await entities.groups.changeMembers(tx, group, change(ids))
      })
      return none
    },
  }
}

function badGroup(code: typeof unknownGroup, detail: string): CallerError {
  return new CallerError(code, detail, { places: [{ pointer: '/operation/group', detail }] })
}

function unlessOutOfService({ state }: Device): Refusal | null {
  return state === 'decommissioned' ? { code: 'decommissioned', detail: 'It is out of service already.' } : null
}

function unlessActive(device: Device): Refusal | null {
  if (device.state !== 'quarantined') return unlessOutOfService(device)
  return { code: 'quarantined', detail: 'It is in quarantine: nothing is sent to it.' }
}

/** One after the other: what one is refused is its own failure, everything else ends the batch. */
async function each(devices: readonly Device[], work: (device: Device) => Promise<void>): Promise<Failures> {
  const failures = new Map<string, Refusal>()
  for (const device of devices) {
    try {
      await work(device)
    } catch (error) {
      if (!(error instanceof CallerError)) throw error
      failures.set(device.id, { code: error.code, detail: error.message })
    }
  }
  return failures
}
