import { createHash } from 'node:crypto'
import { mainTenant, type Access } from '../../../../platform/access.ts'
import { isDue, lives } from '../../domain/trust/lives.ts'
import { targetPath } from '../../domain/trust/names.ts'
import { nowOf } from './dependencies.ts'
import { requireRoot } from './in-force.ts'
import type { PublicationDeps } from './publication.ts'
import type { StoredAssignment } from './storage.ts'

/** A component that a device is to have, or goes on having. */
export interface AssignedComponent {
  readonly service: string
  readonly version: string
  readonly component: string
  readonly manifest: { readonly digest: string; readonly size: number }
}

export interface AssignmentDeps extends PublicationDeps {
  readonly access: Pick<Access, 'judged'>
  /** What a device is to have: order-processing knows. */
  readonly assigned: (device: string) => Promise<readonly AssignedComponent[]>
  readonly tenantOf: (device: string) => Promise<string | null>
}

/**
 * What the director signs for one device: made when the device asks, and again when it has changed, nears its end, or was signed
 * under another root. Its version is the time, so that it grows also after a database was restored.
 * @throws OutsideError `trust-not-initialised`, `signer-unavailable`
 */
export async function assignmentOf(deps: AssignmentDeps, device: string): Promise<Uint8Array> {
  const wanted = await wantedNow(deps, device)
  const known = await deps.trust.assignment(null, device)
  if (known && stillGood(known, wanted, nowOf(deps))) return known.bytes
  const tenant = (await deps.tenantOf(device)) ?? mainTenant
  return deps.database.transaction(async (tx) => {
    await deps.trust.lockAssignment(tx, device)
    const before = await deps.trust.assignment(tx, device)
    if (before && stillGood(before, wanted, nowOf(deps))) return before.bytes
    const made = await signed(deps, device, wanted, before)
    await deps.trust.putAssignment(tx, made)
    // What a device may install rests on it.
    tx.audit.decisions.push(deps.access.judged(assignedDecision(device, tenant, wanted)))
    return made.bytes
  })
}

type Wanted = Awaited<ReturnType<typeof wantedNow>>

async function wantedNow(deps: AssignmentDeps, device: string) {
  const [root, snapshot, components] = await Promise.all([
    requireRoot(deps.trust, null),
    deps.trust.newest(null, 'snapshot'),
    deps.assigned(device),
  ])
  const assigned = components.map(({ service, version, component, manifest }) => ({
    service,
    version,
    component,
    path: targetPath(service, version, component),
    length: manifest.size,
    sha256: manifest.digest,
  }))
  const content = createHash('sha256').update(JSON.stringify(assigned)).digest('hex')
  return { root, snapshot: snapshot?.version ?? 1, assigned, content }
}

function stillGood(known: StoredAssignment, { root, snapshot, content }: Wanted, now: number): boolean {
  const same = known.content === content && known.root === root.version
  // A database that was restored has older snapshots.
  return same && known.snapshot <= snapshot && !isDue('director', known.expires, now)
}

async function signed(
  deps: AssignmentDeps,
  device: string,
  { root, snapshot, assigned, content }: Wanted,
  before: StoredAssignment | null,
): Promise<StoredAssignment> {
  const now = nowOf(deps)
  // A version of a director whose key was exchanged binds nobody any more.
  const version = before && before.root === root.version ? Math.max(now, before.version + 1) : now
  const expires = now + lives.director
  const floor = { root: root.version, snapshot }
  const bytes = await deps.online.sign(root, 'director', { version, expires, device, floor, assigned })
  return { device, version, root: root.version, snapshot, content, expires, bytes }
}

function assignedDecision(device: string, tenant: string, { assigned, content }: Wanted) {
  const names = assigned.map(({ service, version, component }) => `${service} ${version} ${component}`)
  return {
    tenant,
    actor: { id: device, kind: 'device' as const },
    action: 'assignment.sign',
    object: { device, content },
    verdict: 'allowed' as const,
    reason: `open and confirmed deliveries: ${names.slice(0, 20).join(', ') || 'none'}`,
  }
}
