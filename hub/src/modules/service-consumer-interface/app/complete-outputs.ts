import {
  reportedBy,
  type DeviceProtocol,
  type FileLink,
  type Manifest,
  type Output,
  type QueuedOutput,
  type Unit,
} from '@sutler/device-model'
import type { ConsumerDependencies } from './dependencies.ts'
import type { OpenOutput } from './storage.ts'

type Needed = Pick<ConsumerDependencies, 'definitions' | 'fileLink' | 'deviceUrl' | 'orders' | 'database'>

/**
 * Queued outputs as a protocol gets them: with a fresh link, and for devices that know no manifests with what they call the
 * component and what of the service they run now.
 */
export async function completed(
  deps: Needed,
  protocol: Pick<DeviceProtocol, 'proof'>,
  outputs: readonly OpenOutput[],
): Promise<QueuedOutput[]> {
  const about = outputs.filter(({ output }) => output.kind === 'install' || output.kind === 'remove')
  const inPlace =
    protocol.proof === 'digests' || about.length === 0
      ? new Map<string, Manifest>()
      : await manifestsInPlace(deps, [...new Set(about.map(({ device }) => device))])
  return Promise.all(
    outputs.map(async ({ id, device, output }): Promise<QueuedOutput> => {
      if (output.kind === 'remove')
        return { id, device, output: { ...output, ...asUnit(inPlace.get(`${device}/${output.service}`)) } }
      if (output.kind !== 'install') return { id, device, output }
      const link = linkFor(deps, protocol, device, output.manifest.digest)
      const before = inPlace.get(`${device}/${output.service}`)
      const whole = { ...output, ...(await asComponent(deps, output)), ...(before && { from: reportedBy(before) }) }
      return { id, device, output: whole, link }
    }),
  )
}

/** Devices without our agent cannot ask for a fresh link, and may not reach the hub where people do. */
function linkFor(
  { fileLink, deviceUrl }: Needed,
  { proof }: Pick<DeviceProtocol, 'proof'>,
  device: string,
  manifest: string,
): FileLink {
  if (proof === 'digests') return fileLink(device, manifest)
  const link = fileLink(device, manifest, 'of-a-day')
  return { ...link, base: `${deviceUrl().replace(/\/$/, '')}${new URL(link.base).pathname}` }
}

/** By `device/service`, what each device has proved to run. */
async function manifestsInPlace(
  { orders, definitions, database }: Needed,
  devices: readonly string[],
): Promise<ReadonlyMap<string, Manifest>> {
  const proved = await orders.inPlace(database.sql, devices)
  const found = await Promise.all(
    proved.map(async ({ device, service, manifest }) => {
      const stored = await definitions.manifest(manifest)
      return stored === null ? null : ([`${device}/${service}`, stored.manifest] as const)
    }),
  )
  return new Map(found.filter((entry) => entry !== null))
}

async function asComponent(
  { definitions }: Needed,
  output: { service: string; version: string; manifest: { digest: string } },
): Promise<Pick<Extract<Output, { kind: 'install' }>, 'role' | 'reports'>> {
  const stored = await definitions.manifest(output.manifest.digest)
  // A list that is gone is found out by whoever fetches the files: the device then says so.
  if (stored === null) return { role: 'files', reports: { name: output.service, version: output.version } }
  return { role: stored.manifest.role ?? 'files', reports: reportedBy(stored.manifest) }
}

function asUnit(manifest: Manifest | undefined): { role: (Manifest['role'] & string) | 'files'; unit: Unit | null } {
  return manifest === undefined
    ? { role: 'files', unit: null }
    : { role: manifest.role ?? 'files', unit: reportedBy(manifest) }
}
