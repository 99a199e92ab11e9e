import type { Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { notFound } from '../../../../platform/access.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { checkDeveloperTargets } from '../../domain/trust/targets-check.ts'
import { nowOf } from './dependencies.ts'
import { refusing, trustFile } from './files.ts'
import { requireRoot, requireTargets } from './in-force.ts'
import { keep, publish, type PublicationDeps } from './publication.ts'
import type { TrustFile } from './storage.ts'
import { changed } from './take-metadata.ts'

/**
 * Verifies and publishes a developer's own targets: they prove themselves by their signatures, whoever brings them. The same again
 * changes nothing.
 * @throws CallerError `not-found`, `metadata-refused`; OutsideError `trust-not-initialised`, `signer-unavailable`
 */
export async function takeDeveloperTargets(
  deps: PublicationDeps,
  tx: Tx,
  developer: string,
  bytes: Uint8Array,
): Promise<TrustFile> {
  const { trust } = deps
  await trust.lock(tx, true)
  const root = await requireRoot(trust, tx)
  const targets = await requireTargets(trust, tx)
  if (!targets.delegations?.roles.some(({ name }) => name === developer))
    throw new CallerError(notFound, `Nothing is delegated to a developer ${developer}.`)
  const before = await trust.newest(tx, developer)
  if (before && Buffer.from(before.bytes).equals(bytes)) return before
  await refusing('/targets', () => checkDeveloperTargets(bytes, developer, targets, before?.version ?? 0, nowOf(deps)))
  const file = trustFile(developer, bytes)
  await keep(deps, tx, file)
  await publish(deps, tx, root, [file])
  await appendEvents(tx, deps.doorbells, [changed(file)])
  return file
}
