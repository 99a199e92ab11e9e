import type { Decision } from '../../../../platform/access.ts'
import { restOn } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { appendEvents } from '../../../../platform/events.ts'
import type { Preferences, Subject } from '../../../entity-management/index.ts'
import type { PreferencesDocument } from '../../contract.ts'
import { checkWindows } from '../../domain/windows/check.ts'
import { preferenceMisplaced, preferencesTooLarge } from '../../errors.ts'
import type { PolicyDependencies, Tx } from '../dependencies.ts'
import type { SubjectObject } from './subject.ts'

/** Of a document's JSON, bytes. */
const largest = 64 * 1024

/**
 * Replaces a document, tells it, and has deliveries that are held asked again on what it says now.
 * @throws CallerError `invalid-window`, `window-never-opens`, `window-overlaps-itself`, `preferences-too-large`,
 * `preference-misplaced`, `changed-meanwhile` @param decision what it follows from, where no request asks for it
 */
export async function setPreferences(
  deps: PolicyDependencies,
  subject: Subject,
  object: SubjectObject,
  document: PreferencesDocument,
  expected: number | undefined,
  decision?: Decision,
): Promise<Preferences> {
  await checkDocument(deps, subject, object, document)
  const { kind, id } = subject
  return deps.database.transaction(async (tx) => {
    if (decision !== undefined) restOn(tx, decision)
    const set = await deps.entities.setPreferences(tx, subject, document, expected)
    const data = { kind, version: set.version, matters: Object.keys(document) }
    const { tenant, household = null } = object
    await appendEvents(tx, deps.doorbells, [{ type: 'preferences.changed', subject: id, tenant, household, data }])
    await reconsider(deps, tx, subject)
    return set
  })
}

async function checkDocument(
  { entities, clock }: PolicyDependencies,
  { kind }: Subject,
  { household }: SubjectObject,
  document: PreferencesDocument,
): Promise<void> {
  const size = Buffer.byteLength(JSON.stringify(document))
  if (size > largest) throw new CallerError(preferencesTooLarge, `the preferences have ${size} bytes`)
  if (document.binding !== undefined && kind !== 'tenant')
    throw misplaced('/binding', 'only a tenant’s preferences bind')
  if (document.user !== undefined) {
    if (kind !== 'device') throw misplaced('/user', 'only a device has a user')
    const [user] = await entities.users([document.user])
    if (user === undefined || !user.households.includes(household!))
      throw misplaced('/user', `there is no user ${document.user} in the device’s household`)
  }
  checkWindows(document.windows ?? [], clock.now(), document.quietHours ?? null)
}

function misplaced(pointer: string, detail: string): CallerError {
  return new CallerError(preferenceMisplaced, detail, { places: [{ pointer, detail }] })
}

/** A user’s preferences hold for devices of all their households. */
async function reconsider({ orders, entities }: PolicyDependencies, tx: Tx, { kind, id }: Subject): Promise<void> {
  if (kind === 'tenant') return orders.reconsider(tx, { tenant: id })
  if (kind === 'household') return orders.reconsider(tx, { household: id })
  if (kind === 'device') return orders.reconsider(tx, { device: id })
  for (const user of await entities.users([id], tx.sql))
    for (const household of user.households) await orders.reconsider(tx, { household })
}
