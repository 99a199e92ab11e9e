import { hubAuthority } from '@sutler/client/node'
import type { Command } from 'commander'
import { readAuthority } from '../saved-login.ts'

/** By what a hub with an authority of its own is recognised. */
export interface AuthorityOptions {
  readonly ca?: string
  readonly fingerprint?: string
}

/** Adds `--ca` and `--fingerprint`. */
export function withAuthority(command: Command): Command {
  return command
    .option('--ca <file>', 'certificate of the authority that the hub is recognised by, PEM')
    .option('--fingerprint <text>', 'SHA-256 of that certificate, in place of the file')
}

/**
 * Whom to trust for the hub, PEM; undefined = those that the system trusts.
 * @throws CommandError `authority-unreadable`; ApiError `unreachable`, `untrusted`
 */
export async function authorityOf(hub: string, { ca, fingerprint }: AuthorityOptions): Promise<string | undefined> {
  if (ca !== undefined) return readAuthority(ca)
  return fingerprint === undefined || !hub.startsWith('https:') ? undefined : hubAuthority(hub, fingerprint)
}
