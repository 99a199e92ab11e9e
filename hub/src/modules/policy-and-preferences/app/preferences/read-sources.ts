import type { Sql } from '../../../../platform/database.ts'
import type { EntityManagement, Subject } from '../../../entity-management/index.ts'
import type { PreferencesDocument } from '../../contract.ts'
import type { Sources } from '../../domain/preferences/matters.ts'
import { readDocument } from './read-document.ts'

/** Whose documents matter for a device. */
export interface Whose {
  readonly tenant: string
  readonly household: string
  /** Null: the household in general. */
  readonly device: string | null
}

export type SourcesOf = (whose: Whose) => Sources

/** Everybody's documents in one statement, and users' in a second one where a device names its user; null when there are none. */
export async function readSources(
  entities: Pick<EntityManagement, 'preferences'>,
  sql: Sql,
  all: readonly Whose[],
): Promise<SourcesOf | null> {
  const subjects = unique(
    all.flatMap(({ tenant, household, device }): Subject[] => [
      { kind: 'tenant', id: tenant },
      { kind: 'household', id: household },
      ...(device === null ? [] : [{ kind: 'device', id: device } as const]),
    ]),
  )
  const documents = await readDocuments(entities, sql, subjects)
  if (documents.size === 0) return null
  const users = unique(
    [...documents].flatMap(([key, { user }]): Subject[] =>
      key.startsWith('device/') && user !== undefined ? [{ kind: 'user', id: user }] : [],
    ),
  )
  if (users.length > 0)
    for (const [key, document] of await readDocuments(entities, sql, users)) documents.set(key, document)
  return ({ tenant, household, device }) => {
    const own = device === null ? undefined : documents.get(`device/${device}`)
    return {
      tenant: documents.get(`tenant/${tenant}`),
      household: documents.get(`household/${household}`),
      user: own?.user === undefined ? undefined : documents.get(`user/${own.user}`),
      device: own,
    }
  }
}

async function readDocuments(
  entities: Pick<EntityManagement, 'preferences'>,
  sql: Sql,
  subjects: readonly Subject[],
): Promise<Map<string, PreferencesDocument>> {
  const found = await entities.preferences(subjects, sql)
  return new Map(found.map(({ kind, id, document }) => [`${kind}/${id}`, readDocument(document)]))
}

function unique(subjects: readonly Subject[]): Subject[] {
  return [...new Map(subjects.map((subject) => [`${subject.kind}/${subject.id}`, subject])).values()]
}
