import type { CapabilityReport, DeviceProtocol, Input, InstallRole, ProtocolHost } from '@sutler/device-model'
import { actAsHub } from '../../../platform/acting.ts'
import type { ConsumerDependencies } from './dependencies.ts'
import { deviceMemory } from './device-memory.ts'
import type { DeviceFiles } from './device-files.ts'
import type { Fetch } from './fetching.ts'
import type { Intake } from './intake.ts'
import type { Presence } from './presence.ts'
import type { Sender } from './sender.ts'
import type { Sightings } from './sightings.ts'

/** What every protocol's host is made of. */
export interface HostParts {
  readonly deps: ConsumerDependencies
  readonly intake: Intake
  readonly sender: Sender
  readonly presence: Presence
  readonly sightings: Sightings
  readonly fetch: Fetch
  readonly files: DeviceFiles
}

/** What the hub offers to one protocol. */
export function protocolHost(protocol: DeviceProtocol, parts: HostParts): ProtocolHost {
  const { deps, intake, sender, presence, sightings, fetch, files } = parts
  const memory = deviceMemory(deps, protocol.name)
  return {
    async inputs(device, inputs) {
      if (inputs.some(({ kind }) => kind === 'bye')) {
        sightings.gone(device)
        presence.set(device, false)
      }
      return actAsHub(() =>
        intake.take(
          device,
          inputs.map((input) => saidOver(protocol, input)),
        ),
      )
    },
    outputs: (device, limit) => fetch(protocol, device, limit),
    outputTaken: (device, output, error) => sender.taken(device, output, error),
    reachable(device) {
      presence.set(device, true)
      sender.reachable(device, protocol)
    },
    unreachable(device) {
      presence.set(device, false)
      sender.unreachable(device)
    },
    seen: (device, within) => sightings.seen(device, within),
    authenticate: (claim) => actAsHub(() => deps.identities.authenticate(claim)),
    secret: (...which) => actAsHub(() => deps.identities.secret(...which)),
    manifest: async (digest) => (await actAsHub(() => deps.definitions.manifest(digest)))?.manifest ?? null,
    fileFacts: (manifest, digest) => actAsHub(() => files.facts(manifest, digest)),
    openFile: (manifest, digest, range) => actAsHub(() => files.open(manifest, digest, range)),
    terms: (_device, delivery) => actAsHub(() => deps.termsOf(delivery)),
    recall: (device) => actAsHub(() => memory.recall(device)),
    remember: (device, value, version) => actAsHub(() => memory.remember(device, value, version)),
  }
}

/** A report says over which protocol it came, unless that is our own, and what that cannot carry to the device. */
function saidOver(protocol: DeviceProtocol, input: Input): Input {
  if (input.kind !== 'capabilities' || protocol.proof === 'digests') return input
  const report = { ...input.report, protocol: protocol.name }
  const limits = limitsOf(protocol, report)
  return { ...input, report: Object.keys(limits).length === 0 ? report : { ...report, limits } }
}

const roles: readonly InstallRole[] = ['files', 'firmware', 'unit', 'configuration']

function limitsOf(protocol: DeviceProtocol, report: CapabilityReport): Record<string, string> {
  const reports = { name: 'anything', version: '1.0.0' }
  const limits: Record<string, string> = {}
  for (const role of roles) {
    const reason = protocol.limits({ kind: 'install', role, files: 1, bytes: 1, reports }, report)
    if (reason !== null) limits[role] = reason
  }
  const several = protocol.limits({ kind: 'install', role: 'files', files: 2, bytes: 2, reports }, report)
  if (several !== null && limits['files'] === undefined) limits['several-files'] = several
  return limits
}
