import type { Unit } from '@sutler/device-model'
import { instancesOf, objectPath, type Values } from './values.ts'

/** A row of `Device.SoftwareModules.DeploymentUnit.` */
export interface DeployedUnit extends Unit {
  readonly path: string
  readonly uuid: string
  /** Installing, Installed, Updating, Uninstalling, Uninstalled */
  readonly status: string
}

/** A row of `Device.DeviceInfo.FirmwareImage.` */
export interface FirmwareImage extends Unit {
  readonly path: string
  readonly active: boolean
  /** NoImage, Downloading, Validating, Available, DownloadFailed, ValidationFailed, InstallationFailed, ActivationFailed */
  readonly status: string
  readonly bootFailure: string
}

export interface Inventory {
  readonly units: readonly DeployedUnit[]
  readonly images: readonly FirmwareImage[]
}

/** What a Get has to ask for, so that an inventory can be read from it. */
export const inventoryPaths = [
  'Device.SoftwareModules.DeploymentUnit.',
  'Device.DeviceInfo.FirmwareImage.',
  'Device.DeviceInfo.ActiveFirmwareImage',
] as const

export function inventoryOf(values: Values): Inventory {
  const active = objectPath(values.get('Device.DeviceInfo.ActiveFirmwareImage') ?? '')
  const units = instancesOf(values, 'Device.SoftwareModules.DeploymentUnit.').map(({ path, get }) => ({
    path,
    uuid: get('UUID').toLowerCase(),
    name: get('Name'),
    version: get('Version'),
    status: get('Status'),
  }))
  const images = instancesOf(values, 'Device.DeviceInfo.FirmwareImage.').map(({ path, get }) => ({
    path,
    active: path === active,
    name: get('Name'),
    version: get('Version'),
    status: get('Status'),
    bootFailure: get('BootFailureLog'),
  }))
  return { units, images }
}

/** All that the device says it runs: units that are installed, and the image it has started from. */
export function unitsOf({ units, images }: Inventory): Unit[] {
  const running = [...units.filter(({ status }) => status === 'Installed'), ...images.filter(({ active }) => active)]
  return running.filter(({ name }) => name !== '').map(({ name, version }) => ({ name, version }))
}
