import { between, pick, randomFor } from './random.ts'
import type { Random } from './random.ts'
import { catalogue, deviceClasses, timeZones } from './catalogue.ts'
import type { DeviceClass } from './catalogue.ts'

/** Everything about a simulated device that the seed decides, besides its key and its faults. Sizes in bytes. */
export interface DeviceProfile {
  readonly index: number
  readonly household: number
  readonly serial: string
  readonly class: DeviceClass
  readonly hardware: { readonly model: string; readonly arch: string; readonly cpus: number }
  readonly os: { readonly name: string; readonly version: string }
  readonly memory: { readonly total: number }
  readonly storage: { readonly total: number; readonly free: number }
  readonly runtimes: Readonly<Record<string, string>>
  readonly features: readonly string[]
  readonly timeZone: string
  /** Its way to the hub. */
  readonly network: { readonly metered: boolean; readonly type: string }
  /** How long a restart takes, in milliseconds. */
  readonly restartMilliseconds: number
}

const mebibyte = 1_048_576

/** The time zone of a household; its devices share it. */
export function householdTimeZone(seed: number, household: number): string {
  return pick(randomFor(seed, 'household', household), timeZones)
}

/** Three phones in ten are on a mobile network; everything else is at home. */
function networkOf(seed: number, index: number, deviceClass: DeviceClass): DeviceProfile['network'] {
  if (deviceClass === 'gateway') return { metered: false, type: 'ethernet' }
  const drawn = randomFor(seed, 'network', index)()
  if (deviceClass === 'phone')
    return drawn < 0.3 ? { metered: true, type: 'cellular' } : { metered: false, type: 'wifi' }
  return { metered: false, type: drawn < 0.5 ? 'ethernet' : 'wifi' }
}

/** The first three devices of a household are one of each class, in a drawn order; further ones are any. */
function classOf(seed: number, household: number, position: number, random: Random): DeviceClass {
  const drawn = randomFor(seed, 'classes', household)
  const order = [...deviceClasses]
  for (let at = order.length - 1; at > 0; at--) {
    const other = between(drawn, 0, at)
    const kept = order[at]!
    order[at] = order[other]!
    order[other] = kept
  }
  return order[position] ?? pick(random, deviceClasses)
}

/**
 * The profile of one device: the same for the same arguments. Not kept per device, but drawn again when it is needed.
 * @param index of the device in the fleet, from 0
 * @param perHousehold devices per household
 */
export function deviceProfile(seed: number, index: number, perHousehold: number): DeviceProfile {
  const random = randomFor(seed, 'profile', index)
  const household = Math.floor(index / perHousehold)
  const deviceClass = classOf(seed, household, index % perHousehold, random)
  const model = pick(random, catalogue[deviceClass])
  const storage = pick(random, model.storage) * mebibyte
  const runtimes: Record<string, string> = {}
  for (const [name, versions] of Object.entries(model.runtimes)) runtimes[name] = pick(random, versions)
  return {
    index,
    household,
    serial: `SIM${seed}-${String(index).padStart(6, '0')}`,
    class: deviceClass,
    hardware: { model: model.model, arch: model.arch, cpus: model.cpus },
    os: { name: model.os, version: pick(random, model.osVersions) },
    memory: { total: pick(random, model.memory) * mebibyte },
    storage: { total: storage, free: Math.floor(storage * (0.4 + random() * 0.5)) },
    runtimes,
    features: model.features,
    timeZone: householdTimeZone(seed, household),
    network: networkOf(seed, index, deviceClass),
    restartMilliseconds: between(random, 200, 800),
  }
}
