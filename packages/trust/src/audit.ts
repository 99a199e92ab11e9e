/** Verifying an export of the audit (docs/guide/audit.md). Pure: the host brings the cryptography (crypto.ts). */
export { verifyExport } from './audit/verify.ts'
export type { AuditVerdict } from './audit/verify.ts'
