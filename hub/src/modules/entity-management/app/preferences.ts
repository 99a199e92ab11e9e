import type { Sql, Tx } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import { changedMeanwhile } from '../../../platform/http/codes.ts'
import type { Preferences, Subject } from '../domain/entities.ts'
import { unknownSubject } from './codes.ts'
import type { EntityDependencies } from './dependencies.ts'

/** Storage of preferences: one document per tenant, household, user or device. policy-and-preferences gives them their meaning. */
export function preferences({ database, clock, storage }: EntityDependencies) {
  const store = storage.preferences
  return {
    find: (subjects: readonly Subject[], sql: Sql = database.sql): Promise<Preferences[]> => store.find(sql, subjects),

    async set(
      tx: Tx,
      subject: Subject,
      document: Readonly<Record<string, unknown>>,
      expected?: number,
    ): Promise<Preferences> {
      const version = await store.write(tx.sql, subject, document, expected, new Date(clock.now()))
      if (version !== null) return { ...subject, document, version }
      const [current] = await store.find(tx.sql, [subject])
      const what = `${subject.kind} ${subject.id}`
      if (current || expected) {
        throw new CallerError(changedMeanwhile, `The preferences of ${what} are at version ${current?.version ?? 0}.`)
      }
      throw new CallerError(unknownSubject, `There is no ${what}.`)
    },
  }
}
