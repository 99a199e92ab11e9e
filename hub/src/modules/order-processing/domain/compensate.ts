import type { DeliveryKind, DeliveryState } from './states.ts'

/** Planning how an order that failed is undone, device by device. Pure; nothing is looked up here. */

/** What a device has of a service: the delivery of it that was confirmed last. */
export interface Had {
  readonly kind: DeliveryKind
  readonly version: string
  readonly component: string
  readonly manifest: string | null
  readonly manifestSize: number
  readonly files: number
  readonly bytes: number
}

/** A delivery of the order that is undone. */
export interface Undone {
  readonly item: string
  readonly device: string
  readonly household: string
  readonly service: string
  readonly version: string
  readonly state: DeliveryState
  /** The device took it and never said what came of it. */
  readonly silent: boolean
  /** When it was to be delivered, among the deliveries of its item. */
  readonly stage: number
  /** What the device had before the order; null = nothing. */
  readonly before: Had | null
}

/** A delivery that puts a device back. */
export interface Restoring extends Had {
  readonly item: string
  readonly device: string
  readonly household: string
  readonly service: string
  readonly stage: number
}

/**
 * The deliveries that put every device back that the order has changed, or may be changing at this moment: last changed, first put
 * back. A device that failed has gone back by itself and said so, one that declined has not begun, and one that never answered
 * does not know of the order. One that took it and fell silent may have changed, too: it is put back after all others, which do not
 * wait for it.
 */
export function planCompensation(undone: readonly Undone[]): Restoring[] {
  const changed = undone.filter(({ state, silent }) => state === 'confirmed' || state === 'accepted' || silent)
  const last = Math.max(0, ...changed.map(({ stage }) => stage))
  // Two for each stage: a service that was suspended is put back in two.
  const stageOf = ({ silent, stage }: Undone): number => 2 * (silent ? last + 1 : last - stage)
  return changed.flatMap((each) => putBack(each, stageOf(each))).toSorted((a, b) => a.stage - b.stage)
}

/** A service that was suspended is put in place first and stopped then, for the order may have removed its files. */
function putBack({ item, device, household, service, version, before }: Undone, stage: number): Restoring[] {
  const where = { item, device, household, service }
  if (before === null || before.kind === 'remove') return [{ ...where, ...nothing, version, stage }]
  if (before.kind === 'install') return [{ ...where, ...before, stage }]
  return [
    { ...where, ...before, kind: 'install', stage },
    { ...where, ...before, stage: stage + 1 },
  ]
}

const nothing = { kind: 'remove', component: '', manifest: null, manifestSize: 0, files: 0, bytes: 0 } as const
