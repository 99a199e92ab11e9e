import type { WallTime } from '../../../../platform/clock.ts'

interface Common {
  readonly id: string
  readonly tenant: string
  readonly name: string
  /** LDAP: scheme, host and port. HTTP: with `{q}` where the words of a search go. */
  readonly url: string
  readonly disabled: boolean
  readonly version: number
  readonly createdAt: WallTime
}

/** Where entries have what is shown of a person: attributes of LDAP, JSON pointers into an item of HTTP. */
export interface EntryParts {
  readonly id: string
  readonly name: string
  readonly email: string | null
}

interface Bounds {
  /** For one look-up, milliseconds. */
  readonly timeout: number
  /** How long an answer is believed, milliseconds. */
  readonly keep: number
}

export interface LdapSettings extends Bounds {
  readonly startTls: boolean
  readonly authority: string | null
  readonly bindDn: string | null
  readonly base: string
  /** RFC 4515, with `{q}` where the words of a search go. */
  readonly filter: string
  /** `id` may be `dn`. */
  readonly attributes: EntryParts
}

export interface HttpSettings extends Bounds {
  /** One entry by its id, at `{id}`; null = people cannot be taken over from it. */
  readonly entryUrl: string | null
  /** JSON pointer to the list. */
  readonly items: string
  readonly attributes: EntryParts
}

/** A directory of people outside: how to ask it. Its secret is apart. */
export type Directory = Common &
  (
    | { readonly kind: 'ldap'; readonly settings: LdapSettings }
    | { readonly kind: 'http'; readonly settings: HttpSettings }
  )

/** A person as a directory has them. */
export interface DirectoryPerson {
  /** Their id there. */
  readonly entry: string
  readonly name: string
  readonly email: string | null
}
