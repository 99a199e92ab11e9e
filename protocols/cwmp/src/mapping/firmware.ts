import { sameUnit, type Unit } from '@sutler/device-model'

/**
 * What the device runs as a unit. CWMP has one text for the firmware, without a name; it is reported under the name of what was
 * ordered. Where that has no version, the whole text is the name.
 */
export function firmwareUnit(softwareVersion: string, known: Unit | null): Unit {
  if (known !== null && known.version === '') return { name: softwareVersion, version: '' }
  return { name: known?.name ?? 'firmware', version: softwareVersion }
}

/** Whether a device that says `softwareVersion` runs the ordered firmware. */
export function runsFirmware(softwareVersion: string, ordered: Unit): boolean {
  return softwareVersion !== '' && sameUnit(firmwareUnit(softwareVersion, ordered), ordered)
}
