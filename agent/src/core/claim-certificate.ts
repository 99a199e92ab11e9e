import { certificateName, fromPem, toPem } from '@sutler/wire/der'
import { AgentError } from './errors.ts'
import type { Credential } from './platform.ts'

/** What the agent enrols with where a claim is proved by a certificate. */
export interface ClaimByCertificate {
  /** The certificate's common name. */
  readonly claim: string
  readonly claimCredential: Credential
  /** PEM */
  readonly authority: string | null
}

/**
 * @param certificate PEM: the claim's own first; the last is that of the authority by which the hub is recognised
 * @param key PKCS #8, PEM
 * @param authority who is trusted in its place
 * @throws AgentError `bad-argument`
 */
export function claimByCertificate(certificate: string, key: string, authority: string | null): ClaimByCertificate {
  const chain = fromPem('CERTIFICATE', certificate)
  const [privateKey] = fromPem('PRIVATE KEY', key)
  const [own, last] = [chain[0], chain.at(-1)]
  const claim = own === undefined ? null : certificateName(own)
  if (claim === null || last === undefined || privateKey === undefined)
    throw new AgentError('bad-argument', 'the files of the claim certificate are not what sutler claim batch makes')
  const root = chain.length > 2 ? toPem('CERTIFICATE', last) : null
  return { claim, claimCredential: { certificate, privateKey }, authority: authority ?? root }
}
