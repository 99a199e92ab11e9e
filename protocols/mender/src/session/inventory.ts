import { kept, reportOf } from '../mapping/report.ts'
import { providing, type Memory } from './memory.ts'
import { proved } from './proof.ts'
import type { DeviceClass } from '@sutler/device-model'
import type { Attributes } from '../wire/inventory.ts'
import type { Known, Plan } from './plan.ts'

/** Decides about an inventory. One that says nothing new is not said again; it proves what was installed before. Pure. */
export function planInventory(
  { memory, version }: Known,
  deviceClass: DeviceClass,
  attributes: Attributes,
  how: 'replace' | 'merge',
): Plan {
  const said = how === 'merge' ? { ...memory.attributes, ...kept(attributes) } : kept(attributes)
  const same = JSON.stringify(said) === JSON.stringify(memory.attributes)
  const after = named(same ? memory : { ...memory, attributes: said })
  const report = { id: `m-inventory-${version}`, kind: 'capabilities', report: reportOf(deviceClass, after) } as const
  const inputs = after === memory ? [] : [report]
  const end = proved(after, 'artifact_name in the inventory after status success')
  return end === null ? { memory: after, inputs, taken: [] } : { ...end, inputs: [...inputs, ...end.inputs] }
}

/** The inventory names the artifact, too, often before the next poll does. */
function named(memory: Memory): Memory {
  const name = memory.attributes['artifact_name']
  if (name === undefined) return memory
  const deviceType = memory.attributes['device_type'] ?? memory.deviceType
  return providing(memory, deviceType, new Map([...memory.provides, ['artifact_name', name]]))
}
