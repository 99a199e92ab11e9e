import { createPrivateKey, createPublicKey, sign, X509Certificate } from 'node:crypto'
import { certificationRequest, fromPem, requestInfo, toPem } from '@sutler/wire/der'
import { actAsHub } from '../../../platform/acting.ts'
import { CallerError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { keyPurpose, newKeyPair, type Authority } from './authority.ts'
import { intermediateRefused } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'

/** What the root is to sign. */
export interface IntermediateRequest {
  readonly id: string
  /** The common name that it must have. */
  readonly name: string
  /** Certification request, PEM. */
  readonly csr: string
}

/** A new intermediate in the place of the one that signs: its key is made here, its certificate where the root's key is. */
export function intermediates(
  { clock, database, log, sealing, storage }: RegistrationDependencies,
  authority: Authority,
) {
  return {
    /** Takes the place of one that was asked for before and never signed. */
    request: (): Promise<IntermediateRequest> =>
      actAsHub(async () => {
        const now = clock.now()
        const { info, privateKey } = newKeyPair()
        const id = newId('ca', now)
        const name = `Sutler authority ${id}`
        const sealed = sealing.seal(keyPurpose, privateKey.export({ type: 'pkcs8', format: 'der' }))
        await database.transaction(async (tx) => {
          await storage.authority.lock(tx.sql)
          await storage.authority.forgetUncertified(tx.sql)
          const row = { id, kind: 'intermediate', name, certificate: null, privateKey: sealed } as const
          await storage.authority.insert(tx.sql, row, new Date(now))
        })
        const asked = requestInfo(name, info)
        const csr = certificationRequest(asked, 'ecdsa', sign('sha256', asked, privateKey))
        return { id, name, csr: toPem('CERTIFICATE REQUEST', csr) }
      }),

    /** From now on it signs, at every hub within a minute. @throws CallerError `intermediate-refused` (422) */
    install: (id: string, pem: string): Promise<void> =>
      actAsHub(async () => {
        await database.transaction(async (tx) => {
          await storage.authority.lock(tx.sql)
          const row = (await storage.authority.all(tx.sql)).find((each) => each.id === id && each.certificate === null)
          if (!row?.privateKey) throw refused(`no certificate is waited for under ${id}`)
          const key = sealing.open(keyPurpose, row.privateKey)
          const wrong = mistake(pem, row.name, key, authority.root, clock.now())
          if (wrong !== null) throw refused(wrong)
          await storage.authority.certify(tx.sql, id, Buffer.from(fromPem('CERTIFICATE', pem)[0]!))
          tx.afterCommit(() => log.warn({ authority: row.name }, 'a new authority signs from now on'))
        })
        await authority.refresh()
      }),
  }
}

/** What keeps the certificate from being that of an authority below the root for this key; null when nothing does. */
function mistake(pem: string, name: string, key: Buffer, root: string, now: number): string | null {
  let given: X509Certificate
  try {
    given = new X509Certificate(pem)
  } catch {
    return 'it is no certificate in PEM'
  }
  const issuer = new X509Certificate(root)
  if (!given.checkIssued(issuer) || !given.verify(issuer.publicKey)) return 'the root has not signed it'
  if (!given.ca || given.subject !== `CN=${name}`) return 'it is not for the authority that was asked for'
  const own = createPublicKey(createPrivateKey({ key, format: 'der', type: 'pkcs8' }))
  if (!given.publicKey.equals(own)) return 'it is for another key'
  const [begin, end] = [given.validFromDate.getTime(), given.validToDate.getTime()]
  return begin <= now && now < end ? null : 'it is not good now'
}

function refused(why: string): CallerError {
  return new CallerError(intermediateRefused, `The certificate is not taken: ${why}.`)
}
