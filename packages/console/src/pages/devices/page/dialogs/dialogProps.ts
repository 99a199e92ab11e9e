import { device as words } from '#words/device.ts'
import type { Device } from '../../columns.tsx'

export interface DeviceDialogProps {
  readonly device: Device
  readonly onClose: () => void
}

/** When what is asked of the device happens. */
export function whenItHappens({ reachable }: Device): string {
  return reachable ? words.dialogs.reachableNow : words.dialogs.later
}
