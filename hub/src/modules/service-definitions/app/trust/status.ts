import type { Keys, Role, Root, Targets } from '@sutler/trust'
import type { OnlineKey } from '../../../../signer/requests.ts'
import { warnBefore } from '../../domain/trust/lives.ts'
import { nowOf, type TrustDependencies } from './dependencies.ts'
import { rootInForce, targetsInForce } from './in-force.ts'
import type { TrustFile } from './storage.ts'

export interface RoleStatus {
  readonly role: string
  /** Null for the director, whose documents are the devices', and for a developer that has signed nothing yet. */
  readonly version: number | null
  readonly expires: number | null
  readonly threshold: number
  readonly keys: readonly { readonly keyId: string; readonly scheme: string }[]
  /** Whether it has ended, or ends soon and by hand only. */
  readonly ending: boolean
}

export interface TrustStatus {
  readonly initialised: boolean
  /** Whether this hub's signer answers. */
  readonly signer: boolean
  readonly roles: readonly RoleStatus[]
  readonly developers: readonly (RoleStatus & { readonly paths: readonly string[] })[]
  /** Of all hubs' signers; `inForce` says whether the root names it. */
  readonly onlineKeys: readonly (OnlineKey & { readonly inForce: boolean })[]
}

/** Where the repository stands. */
export async function trustStatus(deps: TrustDependencies): Promise<TrustStatus> {
  const { trust, signer } = deps
  const [root, targets, summaries, known, answers] = await Promise.all([
    rootInForce(trust, null),
    targetsInForce(trust, null),
    trust.summaries(null),
    trust.onlineKeys(null),
    signer.publicKeys().then(
      () => true,
      () => false,
    ),
  ])
  const look = new Look(nowOf(deps), summaries)
  const inForce = new Set(root === null ? [] : onlineRolesOf(root).flatMap(({ keyids }) => keyids))
  return {
    initialised: root !== null,
    signer: answers,
    roles: root === null ? [] : topRoles(root).map(([name, role]) => look.status(name, role, root.keys)),
    developers: developersOf(targets).map(({ name, paths = [], ...role }) => ({
      ...look.status(name, role, targets!.delegations!.keys),
      paths,
    })),
    onlineKeys: known.map((key) => ({ ...key, inForce: inForce.has(key.keyId) })),
  }
}

class Look {
  readonly #now: number
  readonly #files: ReadonlyMap<string, Omit<TrustFile, 'bytes'>>

  constructor(now: number, files: readonly Omit<TrustFile, 'bytes'>[]) {
    this.#now = now
    this.#files = new Map(files.map((file) => [file.role, file]))
  }

  status(name: string, { keyids, threshold }: Role, keys: Keys): RoleStatus {
    const file = this.#files.get(name)
    const expires = file?.expires ?? null
    const online = name === 'snapshot' || name === 'timestamp'
    return {
      role: name,
      version: file?.version ?? null,
      expires,
      threshold,
      keys: keyids.map((keyId) => ({ keyId, scheme: keys.get(keyId)?.scheme ?? 'unknown' })),
      ending: expires !== null && expires - this.#now < (online ? 0 : warnBefore),
    }
  }
}

function topRoles({ roles, director }: Root): [string, Role][] {
  return [...Object.entries(roles), ...(director ? [['director', director] as [string, Role]] : [])]
}

function onlineRolesOf({ roles, director }: Root): Role[] {
  return [roles.timestamp, roles.snapshot, ...(director ? [director] : [])]
}

function developersOf(targets: Targets | null) {
  return targets?.delegations?.roles ?? []
}
