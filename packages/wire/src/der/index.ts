/** Certificates' encoding, as far as devices and hubs write and read it themselves. Pure. */
export { certificate } from './certificate.ts'
export type { CertificatePlan } from './certificate.ts'
export { certificationRequest, ed25519KeyInfo, requestInfo } from './csr.ts'
export { certificateName, distinguishedName, oids, signatureAlgorithm } from './names.ts'
export type { SignatureKind } from './names.ts'
export { fromPem, toPem } from './pem.ts'
export { authorityExtensions, claimExtensions, deviceExtensions, enrolmentUse, serverExtensions } from './profiles.ts'
export type { KeyDigests } from './profiles.ts'
export { DerError, derChildren, readDer } from './read.ts'
export type { DerNode } from './read.ts'
export {
  derBits,
  derExplicit,
  derInteger,
  derOctets,
  derOid,
  derSequence,
  derSet,
  derText,
  derTime,
  derTrue,
  derValue,
} from './write.ts'
