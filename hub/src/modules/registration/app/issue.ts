import type { Milliseconds } from '../../../platform/clock.ts'
import type { Sql } from '../../../platform/database.ts'
import type { Authority, Issued } from './authority.ts'
import type { RegistrationDependencies } from './dependencies.ts'

/** Who is to get a certificate, and for which key (SubjectPublicKeyInfo, base64url). */
export interface CertificateFor {
  readonly device: string
  readonly publicKey: string
}

/** Makes certificates of devices and writes them down, in the transaction that decides that they are due. */
export function issuing({ clock, storage }: RegistrationDependencies, authority: Authority, lifetime: Milliseconds) {
  return async (sql: Sql, wanted: readonly CertificateFor[]): Promise<Issued[]> => {
    if (wanted.length === 0) return []
    const made = wanted.map(({ device, publicKey }) =>
      authority.deviceCertificate(device, Buffer.from(publicKey, 'base64url'), lifetime),
    )
    const issuedAt = clock.now()
    await storage.certificates.insert(
      sql,
      made.map(({ serial, notAfter }, i) => ({ ...wanted[i]!, serial, issuedAt, expiresAt: notAfter })),
    )
    return made
  }
}

export type IssueCertificates = ReturnType<typeof issuing>
