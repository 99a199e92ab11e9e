import { digestBytes } from '@sutler/wire'
import type { Setting, UpBody } from '@sutler/wire'
import type { DeviceProfile } from '../plan/device-profile.ts'
import { requestFeatures } from './requests.ts'
import { bytesInPlace } from './jobs.ts'
import type { Installed } from './jobs.ts'

/** What a device says of itself. */
export function capabilityReport(
  profile: DeviceProfile,
  installed: readonly Installed[],
  settings: Readonly<Record<string, Setting>>,
): UpBody {
  const { total, free } = profile.storage
  return {
    t: 'capabilities',
    class: profile.class,
    hardware: profile.hardware,
    os: profile.os,
    memory: profile.memory,
    storage: { total, free: Math.max(0, free - bytesInPlace(installed)) },
    runtimes: profile.runtimes,
    features: [...profile.features, ...requestFeatures],
    tz: profile.timeZone,
    network: profile.network,
    settings,
    installed: installed.map(({ service, version, component, epoch, manifest }) => ({
      service,
      version,
      component,
      manifest: digestBytes(manifest.digest),
      epoch,
    })),
  }
}
