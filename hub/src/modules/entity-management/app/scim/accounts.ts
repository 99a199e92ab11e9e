import type { Tx } from '../../../../platform/database.ts'

/** An account for a person whom SCIM brings: it has no password, its owner logs in through an identity provider. */
export interface ProvisionedAccount {
  readonly user: string
  readonly tenant: string
  readonly userName: string
  readonly active: boolean
}

/** What SCIM needs of registration, which alone has accounts. */
export interface AccountProvisioning {
  /** Runs `work` in a transaction that reaches accounts as well as people. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** The log-in name is made from the user name. */
  add(tx: Tx, accounts: readonly ProvisionedAccount[]): Promise<void>
  /** Disabling ends its sessions. @throws CallerError `last-operator` (409) */
  setActive(tx: Tx, user: string, active: boolean): Promise<void>
  /** With its sessions, keys and ways to log in. @throws CallerError `last-operator` (409) */
  remove(tx: Tx, user: string): Promise<void>
  /** These people’s roles are asked for anew, from the commit on. */
  rolesChanged(tx: Tx, users: readonly string[]): void
}
