import type { Asked, CapabilityReport, InstallRole } from '@sutler/device-model'

/** Features of a report: commands that the agent has. */
export const features = {
  'usp-install': 'Device.SoftwareModules.InstallDU()',
  'usp-update': 'Device.SoftwareModules.DeploymentUnit.{i}.Update()',
  'usp-uninstall': 'Device.SoftwareModules.DeploymentUnit.{i}.Uninstall()',
  'usp-firmware': 'Device.DeviceInfo.FirmwareImage.{i}.Download()',
  'usp-activate': 'Device.DeviceInfo.FirmwareImage.{i}.Activate()',
  restart: 'Device.Reboot()',
} as const

/** Why USP, or this agent, cannot carry what is asked; null when it can. */
export function limitOf(asked: Asked, report: CapabilityReport | null): string | null {
  switch (asked.kind) {
    case 'install':
      return roleLimit(asked.role) ?? severalFiles(asked.files) ?? lacks(report, commandFor(asked.role))
    case 'remove':
      if (asked.role === 'firmware')
        return 'Over USP a firmware image is replaced by another one; it cannot be removed.'
      if (asked.keep) return 'Over USP a deployment unit is removed with its files; they cannot be kept.'
      return roleLimit(asked.role) ?? lacks(report, 'usp-uninstall')
    case 'restart':
      return lacks(report, 'restart')
    case 'configure':
      return settingLimit(Object.keys(asked.settings))
    case 'collect-log':
      return 'USP agents upload their logs to a server of their own; they do not come over this protocol.'
    case 'message':
      return 'USP has no way to show a text to the person at the device.'
    default:
      return null
  }
}

function roleLimit(role: InstallRole): string | null {
  return role === 'configuration'
    ? 'Over USP settings are set one by one; a configuration file cannot be installed as a component.'
    : null
}

function severalFiles(files: number): string | null {
  return files === 1
    ? null
    : `Over USP a component is one file that the device fetches; this one has ${files} files. Publish it as one package.`
}

function commandFor(role: InstallRole): keyof typeof features {
  return role === 'firmware' ? 'usp-firmware' : 'usp-install'
}

/** Before the first report everything is possible; the device itself says no then. */
function lacks(report: CapabilityReport | null, feature: keyof typeof features): string | null {
  if (report === null || report.protocol !== 'usp' || report.features.includes(feature)) return null
  return `The agent of this device has no ${features[feature]}.`
}

function settingLimit(names: readonly string[]): string | null {
  const wrong = names.find((name) => !settingPath.test(name))
  return wrong === undefined
    ? null
    : `Over USP a setting is named by its path, for example Device.LocalAgent.PeriodicNotifInterval; “${wrong}” is none.`
}

/** A parameter path with instance numbers; at most 256 characters. */
const settingPath = /^(?=.{10,256}$)Device\.(?:[A-Za-z0-9_-]+\.)*[A-Za-z][A-Za-z0-9_-]*$/
