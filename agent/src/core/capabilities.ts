import { canonicalManifest, digestBytes, limits } from '@sutler/wire'
import type { ManifestFile, UpBody } from '@sutler/wire'
import { layout } from './layout.ts'
import { digestOf, digestOfBytes } from './install/digest.ts'
import { readManifest } from './install/manifest-in-place.ts'
import type { AgentPlatform } from './platform.ts'
import type { Configuration } from './requests/configuration.ts'
import type { AgentState, Installed } from './state.ts'

/** What the person who installed the agent said of the device. */
export interface Profile {
  readonly class: string
  readonly model: string | null
  readonly timeZone: string | null
  /** Whether its link costs by the byte; null = what the system tells. */
  readonly metered: boolean | null
  readonly filesOverMqtt?: boolean
}

export type CapabilitiesBody = Extract<UpBody, { t: 'capabilities' }>

/** Optional protocol features this agent has. */
const features = ['health-check', 'range', 'renew', 'restart', 'rollback', 'takes-configure', 'takes-restart']

/** Everything the device says of itself, the components in place read again from the disk. */
export async function capabilitiesOf(
  platform: AgentPlatform,
  profile: Profile,
  state: AgentState,
  configuration: Pick<Configuration, 'named'>,
): Promise<CapabilitiesBody> {
  const probe = platform.probe()
  const { total, free } = await platform.files.space()
  const installed: CapabilitiesBody['installed'][number][] = []
  for (const component of state.installed()) {
    const { service, version, component: name, epoch } = component
    const { digest, wrong } = await inPlace(platform, component)
    const manifest = digestBytes(digest)
    installed.push({ service, version, component: name, epoch, manifest, ...(wrong.length > 0 && { wrong }) })
  }
  return {
    t: 'capabilities',
    class: profile.class,
    hardware: { ...probe.hardware, model: profile.model ?? probe.hardware.model },
    os: probe.os,
    memory: probe.memory,
    storage: { total, free },
    runtimes: probe.runtimes,
    features: [
      ...features,
      ...(profile.filesOverMqtt ? ['files-over-mqtt'] : []),
      // A patch is another representation, which chunks have not.
      ...(platform.patches === null || profile.filesOverMqtt ? [] : ['zstd-patch']),
      ...(platform.keptLines === null ? [] : ['takes-collect']),
      ...(platform.screen === null ? [] : ['takes-show']),
    ],
    tz: profile.timeZone ?? probe.timeZone,
    ...networkOf(profile.metered, probe.network),
    settings: configuration.named(),
    installed,
  }
}

/** What the person said counts before what the system tells; nothing where neither knows. */
function networkOf(
  metered: boolean | null,
  probed: CapabilitiesBody['network'] | null,
): Pick<CapabilitiesBody, 'network'> {
  if (metered === null && probed === null) return {}
  return { network: { metered: metered ?? probed?.metered ?? false, type: probed?.type ?? 'unknown' } }
}

/** Whether two reports say the same; free storage counts in steps of a sixteenth of the whole. */
export function fingerprintOf(platform: Pick<AgentPlatform, 'crypto'>, body: CapabilitiesBody): string {
  const { total, free } = body.storage
  const coarse = { ...body, storage: { total, sixteenths: total > 0 ? Math.round((16 * free) / total) : 0 } }
  return digestOfBytes(platform, new TextEncoder().encode(JSON.stringify(coarse)))
}

/** What is in place of a component. */
export interface InPlace {
  /** Of its manifest, rebuilt from the files in place: the recorded one only if all are as installed. */
  readonly digest: string
  /** Paths of files that are missing or changed, some of them where there are many. */
  readonly wrong: readonly string[]
}

/** Reads a component's files again. @param pause called for the bytes that are read, to keep them slow */
export async function inPlace(
  platform: AgentPlatform,
  { service, directory, manifest: recorded }: Installed,
  pause?: (bytes: number) => Promise<void>,
): Promise<InPlace> {
  const manifest = await readManifest({ platform }, service, directory, recorded)
  const files: ManifestFile[] = []
  const wrong: string[] = []
  for (const file of manifest?.files ?? []) {
    const path = `${layout.current(service)}/${file.path}`
    const digest = await digestOf(platform, path, pause)
    const stat = await platform.files.stat(path)
    if (digest !== null && stat !== null) files.push({ ...file, digest, size: stat.size })
    if (digest !== file.digest && wrong.length < limits.wrongFiles) wrong.push(file.path)
  }
  const hasher = platform.crypto.sha256()
  if (manifest !== null) hasher.update(new TextEncoder().encode(canonicalManifest({ ...manifest, files })))
  return { digest: hasher.digest(), wrong }
}
