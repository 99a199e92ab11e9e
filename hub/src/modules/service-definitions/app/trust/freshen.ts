import { mainTenant } from '../../../../platform/access.ts'
import type { Tx } from '../../../../platform/database.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { isDue, warnBefore } from '../../domain/trust/lives.ts'
import { nowOf } from './dependencies.ts'
import { rootInForce } from './in-force.ts'
import { publish, publishTimestamp, type PublicationDeps } from './publication.ts'

/**
 * What is done again and again: this hub's signer's keys are made known, online metadata are signed anew before they end, and who runs
 * the hub is warned before offline ones do. One hub at a time; the others find nothing left to do.
 */
export async function freshen(deps: PublicationDeps): Promise<void> {
  await announceKeys(deps)
  await deps.database.transaction(async (tx) => {
    if (!(await deps.trust.lock(tx, false))) return
    await renew(deps, tx)
    await warn(deps, tx)
  })
}

/** @throws OutsideError `signer-unavailable` */
export async function announceKeys({ signer, trust, clock }: PublicationDeps): Promise<void> {
  await trust.addOnlineKeys(await signer.publicKeys(), new Date(clock.now()))
}

async function renew(deps: PublicationDeps, tx: Tx): Promise<void> {
  const root = await rootInForce(deps.trust, tx)
  if (root === null) return
  const [snapshot, timestamp] = [await deps.trust.newest(tx, 'snapshot'), await deps.trust.newest(tx, 'timestamp')]
  const now = nowOf(deps)
  if (snapshot === null || isDue('snapshot', snapshot.expires, now)) await publish(deps, tx, root, [])
  else if (timestamp === null || isDue('timestamp', timestamp.expires, now))
    await publishTimestamp(deps, tx, root, snapshot)
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
