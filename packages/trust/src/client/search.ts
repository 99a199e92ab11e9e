import { TrustError } from '../errors.ts'
import { checkSigned } from '../metadata/envelope.ts'
import { rolesFor } from '../metadata/delegations.ts'
import { readRoleFile, topLevel } from './role-files.ts'
import { known } from './turns.ts'
import type { TrustCrypto } from '../crypto.ts'
import type { Targets } from '../metadata/targets.ts'
import type { Effect, HeldRole, Search, Seeking, Turn, Update, Verdict, Visit } from './update.ts'

/** 5.6.7: goes on with the searches until a file is needed or all have ended. */
export async function advance(from: Update, effects: Effect[], crypto: TrustCrypto): Promise<Turn> {
  let update = from
  for (;;) {
    const { seeking } = update
    if (!seeking) {
      const [path, ...wanted] = update.wanted
      if (path === undefined) return { update: { ...update, phase: { at: 'end' } }, effects, next: finished(update) }
      update = { ...update, wanted, seeking: await begin(update, path, crypto) }
      continue
    }
    try {
      const visit = nextVisit(update, seeking)
      const held = update.held.get(visit.role)
      if (!held) return readRoleFile(update, visit, effects)
      const targets = await vouchedFor(held, visit, crypto)
      update = afterVisit(hold(update, visit.role, targets), seeking, visit, targets.targets)
    } catch (error) {
      if (!(error instanceof TrustError)) throw error
      update = notFound(update, error)
    }
  }
}

/** The search under way ends without a result. */
export function notFound(update: Update, error: TrustError): Update {
  return ended(update, { kind: 'not-found', path: known(update.seeking).path, error })
}

function ended(update: Update, search: Search): Update {
  return { ...update, seeking: null, searches: [...update.searches, search] }
}

async function begin(update: Update, path: string, crypto: TrustCrypto): Promise<Seeking> {
  const pathHash = await crypto.sha256(new TextEncoder().encode(path))
  return { path, pathHash, visited: new Set(), stack: [topLevel(update)] }
}

/** 5.6.7.1: the next role that was not visited before. Throws TrustError `target-not-found` or `too-many-roles`. */
function nextVisit({ limits }: Update, { path, stack, visited }: Seeking): Visit {
  const visit = stack.findLast(({ role }) => !visited.has(role))
  if (!visit) throw new TrustError('target-not-found', path, 'no role that may speak for it names it')
  if (visited.size >= limits.roles) throw new TrustError('too-many-roles', path, `${visited.size} roles were searched`)
  return visit
}

/** That one delegator vouched for the metadata says nothing about the keys of another one. Throws TrustError `below-threshold`. */
async function vouchedFor(held: HeldRole, { authority }: Visit, crypto: TrustCrypto): Promise<HeldRole> {
  if (held.verifiedFor.includes(authority.role)) return held
  await checkSigned(held.envelope, authority, crypto)
  return { ...held, verifiedFor: [...held.verifiedFor, authority.role] }
}

function afterVisit(update: Update, seeking: Seeking, visit: Visit, { targets, delegations }: Targets): Update {
  const { path } = seeking
  const file = targets.get(path)
  if (file) return ended(update, { kind: 'found', path, file, roles: visit.roles })
  const visited = new Set(seeking.visited).add(visit.role)
  const children = delegations ? rolesFor(delegations, path, seeking.pathHash) : []
  const visits = children.map((role) => ({
    role: role.name,
    // One object for all bins, so that it is seen that the same delegation vouches again.
    authority: { keys: known(delegations).keys, role: delegations?.bins ?? role },
    roles: [...visit.roles, role.name],
  }))
  // 5.6.7.2.1: after a terminating delegation nobody else is asked: not its siblings, and not those of its delegators.
  const others = children.at(-1)?.terminating ? [] : seeking.stack.filter(({ role }) => !visited.has(role))
  // 5.6.7.2: in order of appearance, and their own delegations before the next one.
  return { ...update, seeking: { ...seeking, visited, stack: [...others, ...visits.toReversed()] } }
}

/** Keeps the metadata for later searches of this update; those of before are let go where both would be too much. */
export function hold(update: Update, role: string, held: HeldRole): Update {
  const others = [...update.held].filter(([name]) => name !== role)
  const sum = others.reduce((bytes, [, other]) => bytes + other.bytes, held.bytes)
  return { ...update, held: new Map(sum > update.limits.heldBytes ? [[role, held]] : [...others, [role, held]]) }
}

function finished(update: Update): Verdict {
  const root = known(update.root)
  const timestamp = known(update.timestamp)
  const snapshot = known(update.snapshot)
  const targets = known(update.targets)
  return {
    kind: 'finished',
    targets: update.searches,
    versions: {
      root: root.version,
      timestamp: timestamp.version,
      snapshot: snapshot.version,
      targets: targets.version,
    },
    expires: Math.min(root.expires, timestamp.expires, snapshot.expires, targets.expires),
    root,
  }
}
