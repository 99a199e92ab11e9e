import { isTimeZone } from './time-zone.ts'
import type { CapabilityReport, DeviceClass, Unit } from '@sutler/device-model'
import type { Objects, RegistrationRequest } from '../session/registration-request.ts'
import type { Software } from '../session/software.ts'
import type { Values } from './values.ts'

/** OMA LwM2M Core 1.2, E.5, resource 0: network bearers. 0 to 20 are cellular, 21 to 40 wireless, 41 to 50 by wire. */
const bearers: readonly { readonly most: number; readonly type: string; readonly metered: boolean }[] = [
  { most: 20, type: 'cellular', metered: true },
  { most: 21, type: 'wifi', metered: false },
  { most: 40, type: 'wireless', metered: false },
  { most: 41, type: 'ethernet', metered: false },
  { most: 50, type: 'wired', metered: false },
]

const kilobyte = 1024

/**
 * Objects 3, 4, 5 and 9 as a capability report (OMA LwM2M Core 1.2, Appendix E).
 * @param deviceClass as registration knows it: a client does not say
 */
export function reportOf(
  deviceClass: DeviceClass,
  values: Values,
  registration: Pick<RegistrationRequest, 'version' | 'objects' | 'queue'>,
  units: readonly Unit[],
): CapabilityReport {
  const [free, total] = [values.number('/3/0/10'), values.number('/3/0/21')]
  const bearer = bearers.find(({ most }) => most >= (values.number('/4/0/0') ?? 99))
  const zone = values.text('/3/0/15')
  return {
    class: deviceClass,
    hardware: {
      model: values.text('/3/0/1') || values.text('/3/0/17') || 'unknown',
      arch: values.text('/3/0/18') || 'unknown',
    },
    os: { name: values.text('/3/0/0') || 'unknown', version: values.text('/3/0/3') || 'unknown' },
    // E.4: resources 10 and 21 are storage for data and software, in kilobytes.
    ...(total !== null && { storage: { total: total * kilobyte, free: (free ?? 0) * kilobyte } }),
    runtimes: { lwm2m: registration.version },
    features: featuresOf(registration.objects, registration.queue),
    ...(isTimeZone(zone) && { timeZone: zone }),
    ...(bearer && { network: { metered: bearer.metered, type: bearer.type } }),
    installed: [],
    units,
  }
}

function featuresOf(objects: Objects, queue: boolean): string[] {
  const numbers = [...objects].map(([object, { version }]) => `lwm2m-object-${object}@${version}`)
  return [
    ...(objects.has(3) ? ['restart'] : []),
    ...(objects.has(5) ? ['firmware'] : []),
    ...(objects.has(9) ? ['units'] : []),
    ...(queue ? ['queue-mode'] : []),
    ...numbers.slice(0, 64),
  ]
}

/**
 * What the device runs, in its words.
 * @param firmware what the firmware is called, which LwM2M has no resource for: the name it was installed under
 */
export function unitsOf(values: Values, objects: Objects, firmware: string | null): Unit[] {
  const version = values.text('/3/0/3') || values.text('/5/0/7')
  const image =
    objects.has(5) && version !== '' ? [{ name: firmware ?? (values.text('/5/0/6') || 'firmware'), version }] : []
  // While an update is on its way, Update State says nothing of the version before it: its activation does.
  const software = softwareOf(values).filter(
    ({ state, active }) => active === true || (state === 4 && active !== false),
  )
  return [...image, ...software.map(({ name, version }) => ({ name, version }))]
}

/** Instances of object 9. */
export function softwareOf(values: Values): Software[] {
  return values.instances(9).map((instance) => ({
    instance,
    name: values.text(`/9/${instance}/0`),
    version: values.text(`/9/${instance}/1`),
    state: values.number(`/9/${instance}/7`) ?? 0,
    result: values.number(`/9/${instance}/9`) ?? 0,
    active: values.truth(`/9/${instance}/12`),
  }))
}
