import { z } from 'zod'
import { instant, newPassword } from './parts.ts'

export const authorityView = z
  .object({
    fingerprint: z.string().describe('SHA-256 of the root’s certificate, base64url.'),
    root: z.string().describe('PEM'),
    rootKey: z.enum(['hub', 'offline']),
    issuer: z.string(),
    issuerExpiresAt: instant,
  })
  .meta({ id: 'Authority' })
export const intermediateRequestView = z
  .object({
    id: z.string(),
    name: z.string().describe('The common name that its certificate must have.'),
    csr: z.string().describe('PEM'),
  })
  .meta({ id: 'IntermediateRequest' })
export const intermediateCertificate = z.object({ certificate: z.string().min(1).max(8192).describe('PEM') })
export const rootExport = z.object({
  passphrase: newPassword.describe('Encrypts the key. 12 to 256 characters.'),
})
export const exportedRootView = z
  .object({
    certificate: z.string().describe('PEM'),
    key: z.string().describe('PKCS #8, encrypted, PEM. Shown this once.'),
  })
  .meta({ id: 'ExportedRoot' })
