import { isTestDevice, type Device } from '../../entity-management/index.ts'
import type { ResolverDevice } from '../../service-definitions/index.ts'

/** A device as versions are chosen for it. */
export function resolverDevice(
  device: Pick<Device, 'id' | 'class' | 'capabilities' | 'tags'>,
): ResolverDevice & { readonly tester: boolean } {
  return { id: device.id, class: device.class, report: device.capabilities, tester: isTestDevice(device) }
}
