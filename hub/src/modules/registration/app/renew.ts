import { limits, renewStatement } from '@sutler/wire'
import { CallerError } from '../../../platform/errors.ts'
import type { PeerCertificate } from '../../../platform/tls/peer-certificate.ts'
import { signed } from '../domain/device-key.ts'
import { readKeyRequest, requestsName } from '../domain/x509/csr.ts'
import type { DeviceDecisions } from './audit/device-decisions.ts'
import type { AttemptLimits } from './attempt-limits.ts'
import type { Issued } from './authority.ts'
import { renewalRefused } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { DeviceKeys } from './device-keys.ts'
import type { IssueCertificates } from './issue.ts'
import type { Quarantine } from './quarantine.ts'

const skew = limits.connectSkewSeconds * 1000

/** How a device without a client certificate at hand says who it is. */
export interface RenewalProof {
  readonly device: string
  readonly time: number
  readonly signature: string
}

export interface Renewed {
  readonly device: string
  readonly certificate: Issued
}

/** A certificate in place of one that is good still; both are, until the new one is first used. */
export function renewal(
  deps: RegistrationDependencies,
  decisions: DeviceDecisions,
  keys: DeviceKeys,
  issue: IssueCertificates,
  quarantine: Quarantine,
  hub: () => string,
  limits: AttemptLimits,
) {
  const { clock, database, storage } = deps

  const refused = (why: string, device: string | null = null): CallerError => {
    decisions.renewalRefused(device, why)
    return refusal(why)
  }

  /** The serial of the certificate that the device shows, or signs with. */
  const shown = async (
    publicKey: string,
    certificate: PeerCertificate | null,
    proof: RenewalProof | null,
  ): Promise<string | null> => {
    if (certificate !== null) return certificate.serial
    if (proof === null || Math.abs(proof.time - clock.now()) > skew) return null
    const statement = renewStatement(hub(), proof.device, proof.time, publicKey)
    return keys.find(proof.device, (key) => signed(key, statement, proof.signature))
  }

  /** @param csr PEM. @throws CallerError `renewal-refused` (403), `too-many-attempts` (429) */
  return async (csr: string, certificate: PeerCertificate | null, proof: RenewalProof | null): Promise<Renewed> => {
    const request = readKeyRequest(csr)
    if (request === null) throw refused('it carries no certification request that can be taken')
    const publicKey = Buffer.from(request.key).toString('base64url')
    const serial = await shown(publicKey, certificate, proof)
    const old = serial === null ? null : await storage.certificates.find(database.sql, serial)
    if (old === null || old.revoked || old.expiresAt <= clock.now())
      throw refused('it shows no certificate that is good')
    const { device } = old
    if (old.replaced) {
      // Whoever has the newer one has used it: this is a copy from before.
      await quarantine.begin(device, 'a certificate was shown that had been replaced')
      throw refused('its certificate has been replaced', device)
    }
    if (!requestsName(request, device)) throw refused('it is for another name', device)
    const tenants = await storage.devices.tenants(database.sql, [device])
    limits.renewal(device)
    const made = await database.transaction((tx) => {
      tx.audit.decisions.push(decisions.renewed(device, tenants.get(device)!))
      return issue(tx.sql, [{ device, publicKey }])
    })
    return { device, certificate: made[0]! }
  }
}

/** Refused, and written down so. */
function refusal(why: string): CallerError {
  return new CallerError(renewalRefused, `The certificate is not renewed: ${why}.`)
}
