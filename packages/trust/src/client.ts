/**
 * What a device needs of signed metadata: the client workflow of TUF, the director's assignments and the join of the two. Pure: no
 * clock, no network, no files; the host brings the cryptography (crypto.ts).
 */
export type { Scheme, TrustCrypto } from './crypto.ts'
export { errorCodes, TrustError } from './errors.ts'
export type { TrustErrorCode } from './errors.ts'
export { clientLimits, limits } from './limits.ts'
export type { ClientLimits } from './limits.ts'
export { startUpdate, takeAnswer } from './client/index.ts'
export { runUpdate } from './client/run.ts'
export type { UpdateHost } from './client/run.ts'
export { afterChunk, checkDownload, startDownload, targetName } from './client/target-file.ts'
export type { Download } from './client/target-file.ts'
export type { Answer, Effect, Request, Search, TrustedVersions, Turn, Update, Verdict } from './client/update.ts'
export { assignmentFloor, trustAssignment } from './director/assignment.ts'
export type { Assigned, Assignment, AssignmentBounds } from './director/assignment.ts'
export { permit } from './director/join.ts'
export type { Candidate, Permitted } from './director/join.ts'
