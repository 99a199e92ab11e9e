import { createPrivateKey } from 'node:crypto'
import { actAsHub, actOnInstallation } from '../../../platform/acting.ts'
import { toPem } from '@sutler/wire/der'
import { CallerError } from '../../../platform/errors.ts'
import { keyPurpose } from './authority.ts'
import { rootKeyOffline } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'

/** The root's certificate and its key, the key encrypted (PKCS #8, AES-256, PBKDF2), both PEM. */
export interface ExportedRoot {
  readonly certificate: string
  readonly key: string
}

/** Taking the root's key offline; it is the installation's, no tenant's: whoever takes over the hub afterwards makes no new authorities. */
export function rootKey({ clock, database, log, sealing, storage }: RegistrationDependencies) {
  return {
    /** Whether the hub still has it. */
    here: (): Promise<boolean> =>
      actAsHub(async () => {
        const all = await storage.authority.all(database.sql)
        return all.some(({ kind, privateKey }) => kind === 'root' && privateKey !== null)
      }),

    /** Hands the key out, once, and forgets it. @throws CallerError `root-key-offline` (409) */
    export: (passphrase: string): Promise<ExportedRoot> => actOnInstallation(() => exported(passphrase)),
  }

  function exported(passphrase: string): Promise<ExportedRoot> {
    return database.transaction(async (tx) => {
      await storage.authority.lock(tx.sql)
      const root = (await storage.authority.all(tx.sql)).find(({ kind }) => kind === 'root')
      if (!root?.privateKey) throw new CallerError(rootKeyOffline, 'It was exported before.')
      const plain = sealing.open(keyPurpose, root.privateKey)
      const key = createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' })
      const protection = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase } as const
      const pair = { certificate: toPem('CERTIFICATE', root.certificate!), key: key.export(protection) as string }
      await storage.authority.forgetKey(tx.sql, root.id)
      tx.afterCommit(() => log.warn({ at: clock.now() }, 'the key of the root was exported; this hub has it no more'))
      return pair
    })
  }
}
