import type { Access, Principal } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { invalidRequest } from '../../../platform/http/codes.ts'
import { unknownHousehold } from '../../entity-management/index.ts'
import type { Channel } from '../domain/channels.ts'
import type { Answer, Installed, ResolverDevice, Wish } from '../domain/resolver/problem.ts'
import type { Catalogues } from './catalogues.ts'
import { resolveWithin } from './resolving.ts'

/** Without a channel it is looked for where the household prefers. */
export type RequestedWish = Omit<Wish, 'channel'> & { readonly channel?: Channel }

/** A household as it is. */
export interface HouseholdNow {
  readonly tenant: string
  readonly devices: readonly ResolverDevice[]
  /** `required`: only because another service needs it. */
  readonly services: readonly (Installed & {
    readonly required: boolean
    /** The version that it is pinned to, and the channel that is kept to for it. */
    readonly pinned: string | null
    readonly channel: Channel | null
  })[]
}

export interface ResolutionRequest {
  readonly household: string
  /** Wished as well, before what is there. */
  readonly add: readonly RequestedWish[]
  /** Not wished any more. */
  readonly remove: readonly string[]
  readonly withRecommended: boolean
}

export interface ResolutionDeps {
  readonly access: Access
  readonly catalogues: Catalogues
  /** Null when there is none of that id. */
  readonly household: (id: string) => Promise<HouseholdNow | null>
  /** The channel that the household prefers for each of these services, as an order goes by it that names none. */
  readonly channelsOf: (
    tenant: string,
    household: string,
    services: readonly string[],
  ) => Promise<ReadonlyMap<string, Channel>>
}

export interface Resolution {
  readonly answer: Answer
  readonly installed: readonly Installed[]
}

/**
 * What a household would get if somebody ordered that now; nothing is ordered.
 * @throws CallerError `unknown-household`, `forbidden`, `invalid-request`, `resolution-too-complex`
 */
export async function resolution(
  deps: ResolutionDeps,
  principal: Principal,
  request: ResolutionRequest,
): Promise<Resolution> {
  const { access, catalogues, household } = deps
  const object = { household: request.household, owner: principal.id }
  access.authorise(principal, 'order.write', object)
  const now = await household(request.household)
  if (now === null || now.tenant !== principal.tenant)
    throw new CallerError(unknownHousehold, `There is no household ${request.household}.`)
  requireDevices(request, now)
  const named = new Set([...request.add.map(({ service }) => service), ...request.remove])
  const kept = now.services
    .filter(({ service, required }) => !required && !named.has(service))
    .map(({ service, pinned, channel }): Wish => {
      const wish = { service, channel: channel ?? 'stable', keep: true }
      return pinned === null ? wish : { ...wish, version: pinned }
    })
  const wishes = [...(await onChannels(deps, now.tenant, request)), ...kept]
  const installed = now.services.map(({ service, version }) => ({ service, version }))
  const services = [...wishes, ...installed].map(({ service }) => service)
  const catalogue = await catalogues.catalogue(null, principal.tenant, services, installed)
  const { withRecommended } = request
  const problem = { devices: now.devices, wishes, installed, keepRequired: true, withRecommended }
  return { answer: resolveWithin(catalogue, problem), installed }
}

/** A pin is looked for on every channel. */
async function onChannels(
  { channelsOf }: ResolutionDeps,
  tenant: string,
  { household, add }: ResolutionRequest,
): Promise<Wish[]> {
  const open = add.filter(({ channel, version }) => channel === undefined && version === undefined)
  const services = open.map(({ service }) => service)
  const preferred = services.length === 0 ? new Map<string, Channel>() : await channelsOf(tenant, household, services)
  return add.map((wish) => ({ ...wish, channel: wish.channel ?? preferred.get(wish.service) ?? 'stable' }))
}

function requireDevices({ household, add }: ResolutionRequest, { devices }: HouseholdNow): void {
  const known = new Set(devices.map(({ id }) => id))
  const places = add.flatMap(({ devices: wanted = [] }, at) =>
    wanted.flatMap((id, index) =>
      known.has(id)
        ? []
        : [{ pointer: `/add/${at}/devices/${index}`, detail: `household ${household} has no device ${id}` }],
    ),
  )
  if (places.length > 0) throw new CallerError(invalidRequest, `${places[0]!.detail}.`, { places })
}
