import type { Principal } from '../../../../platform/access.ts'
import { isTestDevice, type Device } from '../../../entity-management/index.ts'
import { resolverDevice } from '../../../order-processing/index.ts'
import type { Channel } from '../../../policy-and-preferences/index.ts'
import { untested, type Catalogue } from '../../../service-definitions/index.ts'
import type { DeviceFacts, VersionFacts } from '../../domain/explanations/facts.ts'
import type { ExplainDependencies } from './dependencies.ts'

/** Versions that everybody may know of. */
const publicStates: ReadonlySet<string> = new Set(['released', 'deprecated', 'retired'])
const channels: readonly Channel[] = ['alpha', 'beta', 'stable']

/** The version that is asked about, the one that the household is to have or could have where none is named. */
export async function askedVersion(
  deps: ExplainDependencies,
  reader: Principal,
  device: Device,
  facts: DeviceFacts,
  service: string,
  named: string | undefined,
): Promise<VersionFacts> {
  const { tenant, household } = device
  const living = facts.subscriptions.map((each) => each.service)
  const [catalogue, preferred] = await Promise.all([
    deps.definitions.catalogue(null, tenant, [...new Set([service, ...living])], facts.subscriptions),
    deps.policy.channelsOf(tenant, household, [service]),
  ])
  const channel = preferred.get(service) ?? 'stable'
  const version =
    named ??
    facts.subscriptions.find((each) => each.service === service)?.version ??
    newest(catalogue, service, channel)
  const nothing = { service, version: version ?? '', channel, known: null, unfit: null, against: [] }
  const found = version === undefined ? null : await deps.definitions.version(tenant, service, version)
  const all = deps.access.visible(reader, 'service.publish').all
  if (found === null || !(all || publicStates.has(found.state))) return nothing
  const fitting = deps.definitions.fit(found, device.capabilities, device.class)
  const misfit = fitting.component === null ? fitting.reason : null
  const unfit = untested(found, isTestDevice(device)) ?? misfit
  const against = unfit === null ? againstIt(deps, catalogue, device, facts, service, found.version) : []
  return { ...nothing, known: { state: found.state, channel: found.channel }, unfit, against }
}

function newest({ services }: Catalogue, service: string, channel: Channel): string | undefined {
  const wanted = new Set<string>(channels.slice(channels.indexOf(channel)))
  const offered = (services.find(({ id }) => id === service)?.versions ?? []).filter(
    ({ state, channel: on }) => state === 'released' && on !== null && wanted.has(on),
  )
  return (offered.find(({ version }) => !version.includes('-')) ?? offered[0])?.version
}

/** What the household has that does not go together with it: sentences. */
function againstIt(
  { definitions }: ExplainDependencies,
  catalogue: Catalogue,
  device: Device,
  { subscriptions }: DeviceFacts,
  service: string,
  version: string,
): readonly string[] {
  const others = subscriptions.filter((each) => each.service !== service)
  const answer = definitions.resolve(catalogue, {
    devices: [resolverDevice(device)],
    wishes: [
      { service, version, channel: 'alpha' },
      ...others.map((each) => ({ service: each.service, channel: 'stable' as const, keep: true })),
    ],
    installed: subscriptions.map((each) => ({ service: each.service, version: each.version })),
    keepRequired: true,
  })
  if (answer.ok) return []
  // That it is wished is the question, and no reason.
  const telling = answer.reasons.filter(({ constraints }) => constraints.some(({ kind }) => kind !== 'wish'))
  return telling.map(({ sentence }) => sentence)
}
