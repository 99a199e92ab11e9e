import { sameUnit, type DeclineReason, type FileLink, type InstallRole, type Unit } from '@sutler/device-model'
import type { DeployedUnit, FirmwareImage, Inventory } from './inventory.ts'

/** What to do about an install or a removal, by what is in place. */
export type Decision =
  | { readonly act: 'done'; readonly reported: Unit | null; readonly by: string }
  | { readonly act: 'decline'; readonly reason: DeclineReason; readonly detail: string }
  | {
      readonly act: 'operate'
      readonly command: string
      readonly args: ReadonlyMap<string, string>
      /** Object the command is about; '' for InstallDU(). */
      readonly target: string
    }
  /** The image is there already: only switch to it. */
  | { readonly act: 'activate'; readonly target: string }

/** The one file of a component, as the device fetches it. */
export interface Package {
  readonly url: string
  readonly size: number
  /** SHA-256, hexadecimal. */
  readonly digest: string
}

export function packageUrl({ base, query }: FileLink, digest: string): string {
  return `${base}/${digest}?${query}`
}

/**
 * The unit of a service on the device, by its UUID, or by its name where it was not this hub that installed it; of several
 * versions, the one that is wanted.
 */
function unitOf(inventory: Inventory, uuid: string, unit: Unit | null): DeployedUnit | undefined {
  const there = unitsOf(inventory, uuid, unit)
  return there.find((each) => unit !== null && sameUnit(each, unit)) ?? there[0]
}

/** An execution environment may have several versions of one unit beside each other (TR-181, `DeploymentUnit.{i}.`). */
function unitsOf({ units }: Inventory, uuid: string, unit: Unit | null): DeployedUnit[] {
  const there = units.filter(({ status }) => status !== 'Uninstalled')
  const own = there.filter((each) => each.uuid === uuid)
  return own.length > 0 ? own : there.filter(({ name }) => unit !== null && name === unit.name)
}

/** Commands that take away what an installed version has replaced, on a device that cannot update in place. */
export function replacedBy(inventory: Inventory, uuid: string, unit: Unit): string[] {
  const there = unitsOf(inventory, uuid, unit)
  return there.filter((each) => !sameUnit(each, unit)).map(({ path }) => `${path}Uninstall()`)
}

/** @param wanted what the device will say once it runs it */
export function decideUnit(
  inventory: Inventory,
  uuid: string,
  wanted: Unit,
  { url }: Package,
  canUpdate: boolean,
): Decision {
  const there = unitOf(inventory, uuid, wanted)
  if (there?.status === 'Installed' && sameUnit(there, wanted))
    return { act: 'done', reported: plain(there), by: `${there.path}Status ${there.status}` }
  if (there !== undefined && canUpdate)
    return { act: 'operate', command: `${there.path}Update()`, args: new Map([['URL', url]]), target: there.path }
  const args = new Map([
    ['URL', url],
    ['UUID', uuid],
  ])
  return { act: 'operate', command: 'Device.SoftwareModules.InstallDU()', args, target: '' }
}

/** Into an image that the device does not run from, where there is one (TR-369, Firmware Management). */
export function decideFirmware(inventory: Inventory, wanted: Unit, given: Package, canActivate: boolean): Decision {
  const running = inventory.images.find(({ active }) => active)
  if (running && sameUnit(running, wanted))
    return { act: 'done', reported: plain(running), by: `${running.path}, the active image` }
  const spare = inventory.images.filter(({ active }) => !active)
  const ready = spare.find((image) => image.status === 'Available' && sameUnit(image, wanted))
  if (ready && canActivate) return { act: 'activate', target: ready.path }
  const slot = canActivate ? (spare[0] ?? running) : (running ?? spare[0])
  if (slot === undefined)
    return { act: 'decline', reason: 'unsupported', detail: 'The device shows no firmware image to download into.' }
  const args = new Map([
    ['URL', given.url],
    ['AutoActivate', String(!canActivate || slot.active)],
    ['FileSize', String(given.size)],
    ['CheckSumAlgorithm', 'SHA-256'],
    ['CheckSum', given.digest],
  ])
  return { act: 'operate', command: `${slot.path}Download()`, args, target: slot.path }
}

function plain({ name, version }: Unit): Unit {
  return { name, version }
}

export function decideRemoval(inventory: Inventory, uuid: string, unit: Unit | null): Decision {
  const there = unitOf(inventory, uuid, unit)
  if (there === undefined) return { act: 'done', reported: null, by: 'Device.SoftwareModules.DeploymentUnit.' }
  return { act: 'operate', command: `${there.path}Uninstall()`, args: new Map(), target: there.path }
}

/** What the device says it runs of a piece of work, and where it says so. */
export interface Said {
  readonly unit: Unit
  readonly by: string
  readonly image: FirmwareImage | null
}

/** Null where the device says nothing of it. */
export function saidOf(
  inventory: Inventory,
  { role, uuid, unit }: { readonly role: InstallRole; readonly uuid: string; readonly unit: Unit | null },
): Said | null {
  if (role === 'firmware') {
    const image = inventory.images.find(({ active }) => active)
    return image ? { unit: plain(image), by: `${image.path}, the active image`, image } : null
  }
  const there = unitOf(inventory, uuid, unit)
  return there?.status === 'Installed' ? { unit: plain(there), by: `${there.path}Status Installed`, image: null } : null
}
