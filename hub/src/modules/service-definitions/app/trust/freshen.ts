import type { Root } from '@sutler/trust'
import { mainTenant } from '../../../../platform/access.ts'
import type { Tx } from '../../../../platform/database.ts'
import { appendEvents } from '../../../../platform/events.ts'
import type { OnlineKey, UsedKey } from '../../../../signer/requests.ts'
import { isDue, warnBefore } from '../../domain/trust/lives.ts'
import { nowOf } from './dependencies.ts'
import { rootInForce } from './in-force.ts'
import { publish, publishTimestamp, type PublicationDeps } from './publication.ts'
import type { TrustFile } from './storage.ts'

/**
 * What is done again and again: this hub's signer's keys are made known, online metadata are signed anew before they end, and who runs
 * the hub is warned before offline ones do. One hub at a time; the others find nothing left to do.
 */
export async function freshen(deps: PublicationDeps): Promise<void> {
  const keys = await announceKeys(deps)
  await deps.database.transaction(async (tx) => {
    if (!(await deps.trust.lock(tx, false))) return
    await renew(deps, tx, keys)
    await warn(deps, tx)
  })
}

/** @throws OutsideError `signer-unavailable` */
export async function announceKeys({ signer, trust, clock }: PublicationDeps): Promise<readonly UsedKey[]> {
  const keys = await signer.publicKeys()
  await trust.addOnlineKeys(keys, new Date(clock.now()))
  return keys
}

/**
 * What is due, and what the signer has gone past: then the database is an older copy (a restored backup), and devices that have seen
 * the versions after it would take what it publishes for a rollback.
 */
async function renew(deps: PublicationDeps, tx: Tx, keys: readonly UsedKey[]): Promise<void> {
  const root = await rootInForce(deps.trust, tx)
  if (root === null) return
  const [snapshot, timestamp] = [await deps.trust.newest(tx, 'snapshot'), await deps.trust.newest(tx, 'timestamp')]
  const now = nowOf(deps)
  const passed = ({ role, version }: TrustFile) =>
    keys.some((key) => key.role === role && key.last > version && isInForce(root, key))
  if (snapshot === null || passed(snapshot) || isDue('snapshot', snapshot.expires, now))
    await publish(deps, tx, root, [])
  else if (timestamp === null || passed(timestamp) || isDue('timestamp', timestamp.expires, now))
    await publishTimestamp(deps, tx, root, snapshot)
}

function isInForce(root: Root, { role, keyId }: OnlineKey): boolean {
  return role !== 'director' && root.roles[role].keyids.includes(keyId)
}

/** Offline metadata near their end: one event for each version, and a line in the log. */
async function warn({ trust, clock, log, doorbells, ...deps }: PublicationDeps, tx: Tx): Promise<void> {
  const now = nowOf({ clock, ...deps })
  const ending = (await trust.summaries(tx)).filter(
    ({ role, expires }) => !['snapshot', 'timestamp'].includes(role) && expires - now < warnBefore,
  )
  for (const { role, version, expires } of ending) {
    if (!(await trust.warn(tx, role, version, new Date(clock.now())))) continue
    const data = { role, version, expires: new Date(expires * 1000).toISOString() }
    log.warn(data, 'signed metadata end soon: devices will refuse to install; their holders must sign newer ones')
    await appendEvents(tx, doorbells, [
      { type: 'trust.expiring', subject: role, tenant: mainTenant, household: null, data },
    ])
  }
}
