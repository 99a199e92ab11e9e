import type { Connections, Tx } from '../../../../platform/database.ts'
import type { Asked } from '../../../../platform/grouped.ts'

/** An account for a person whom SCIM brings: it has no password, its owner logs in through an identity provider. */
export interface ProvisionedAccount {
  readonly user: string
  readonly tenant: string
  readonly userName: string
  readonly active: boolean
}

/** What SCIM needs of registration, which alone has accounts. */
export interface AccountProvisioning {
  /** Its transactions reach accounts as well as people. */
  readonly database: Pick<Connections, 'transaction'>
  /** The log-in names are made from the user names. */
  add(tx: Tx, accounts: readonly Asked<ProvisionedAccount>[]): Promise<void>
  /** Disabling ends its sessions. @throws CallerError `last-operator` (409) */
  setActive(tx: Tx, user: string, active: boolean): Promise<void>
  /** With its sessions, keys and ways to log in. @throws CallerError `last-operator` (409) */
  remove(tx: Tx, user: string): Promise<void>
  /** These people’s roles are asked for anew, from the commit on. */
  rolesChanged(tx: Tx, users: readonly string[]): void
}
