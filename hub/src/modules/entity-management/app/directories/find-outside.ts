import type { Access, Principal } from '../../../../platform/access.ts'
import { actAsHub } from '../../../../platform/acting.ts'
import type { Directory, DirectoryPerson } from '../../domain/directories/directory.ts'
import type { EntityDependencies } from '../dependencies.ts'
import type { users } from '../users.ts'
import type { Answered, DirectoryLookUps } from './look-up.ts'

export interface OutsidePerson extends DirectoryPerson {
  /** Who they are here; null = nobody yet. */
  readonly user: string | null
}

/** What one directory has, or why nothing is known of it. */
export interface OutsideGroup {
  readonly directory: string
  readonly name: string
  readonly answered: boolean
  readonly why: string | null
  readonly people: readonly OutsidePerson[]
  readonly more: boolean
}

/** People outside, for who may read all people: each directory is asked at the same time, none for longer than its own time. */
export function outsideSearch(
  { database, clock, log, storage, outside }: EntityDependencies,
  people: ReturnType<typeof users>,
  lookUps: DirectoryLookUps,
) {
  const store = storage.directories

  /** Whose name or address is another there by now gets it here, as the directory’s word. */
  const refresh = async (tenant: string, changes: readonly { user: string; name: string; email: string | null }[]) => {
    if (changes.length === 0) return
    await actAsHub(() =>
      database.ofTenant(tenant).transaction(async (tx) => {
        for (const { user, name, email } of changes)
          await people.changeIn(tx, user, { name, email }, () => {}, 'directory')
        await store.refreshed(
          tx.sql,
          changes.map(({ user }) => user),
          new Date(clock.now()),
        )
      }),
    ).catch((error: unknown) => log.warn({ err: error }, 'people could not be brought in step with their directory'))
  }

  const group = async (directory: Directory, answer: Answered, limit: number): Promise<OutsideGroup> => {
    const common = { directory: directory.id, name: directory.name }
    if (!answer.answered) return { ...common, answered: false, why: answer.why, people: [], more: false }
    const entries = answer.people.map(({ entry }) => entry)
    const links = new Map((await store.links(database.sql, directory.id, entries)).map((each) => [each.entry, each]))
    const changes = answer.people.flatMap(({ entry, name, email }) => {
      const link = links.get(entry)
      const same = link === undefined || (link.name === name && link.email === email)
      return same ? [] : [{ user: link.user, name, email }]
    })
    await refresh(directory.tenant, changes)
    const shown = answer.people.map((person) => ({ ...person, user: links.get(person.entry)?.user ?? null }))
    return { ...common, answered: true, why: null, people: shown.slice(0, limit), more: shown.length > limit }
  }

  return {
    async find(access: Access, principal: Principal, text: string, limit: number): Promise<OutsideGroup[]> {
      if (outside === undefined || !access.visible(principal, 'user.read').all) return []
      const used = await store.used(database.sql, principal.tenant)
      return Promise.all(
        used.map(async ({ directory, secret }) => group(directory, await lookUps.find(directory, secret, text), limit)),
      )
    },
  }
}
