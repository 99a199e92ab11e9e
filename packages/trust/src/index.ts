/** Signed metadata: all that a device needs (client.ts), and what writes, signs and publishes them. */
export * from './client.ts'
export { metadataName } from './client/turns.ts'
export { readAssignment } from './director/assignment.ts'
export { canonicalBytes, jsonBytes } from './json/canonical.ts'
export { parseJson } from './json/parse.ts'
export { jsonObject, withFields } from './json/value.ts'
export type { Json, JsonObject } from './json/value.ts'
export { checkFresh, checkSigned, readCommon, readEnvelope, signersOf } from './metadata/envelope.ts'
export type { Authority, Common, Envelope, Role } from './metadata/envelope.ts'
export { dateTime } from './metadata/fields.ts'
export { sha256Of } from './metadata/files.ts'
export type { MetaFile, TargetFile } from './metadata/files.ts'
export { checkKeyIds, keyId } from './metadata/keys.ts'
export type { Key, Keys } from './metadata/keys.ts'
export { authorityOf, directorField, readRoot, topLevelRoles } from './metadata/root.ts'
export type { Root, TopLevelRole } from './metadata/root.ts'
export { readSnapshot, readTimestamp } from './metadata/snapshot.ts'
export type { Snapshot, Timestamp } from './metadata/snapshot.ts'
export { rolesFor } from './metadata/delegations.ts'
export type { DelegatedRole, Delegations, SuccinctRoles } from './metadata/delegations.ts'
export { matchesPattern } from './metadata/patterns.ts'
export { readTargets } from './metadata/targets.ts'
export type { Targets } from './metadata/targets.ts'
export { assignmentFields } from './repository/assignment.ts'
export { publicKey } from './repository/roles.ts'
export type { RoleKeys } from './repository/roles.ts'
export { firstRoot, nextRoot, replaceKey, specVersion } from './repository/root.ts'
export type { RootRole } from './repository/root.ts'
export { addSignature, bytesToSign, signatureState, signFile, unsignedFile } from './repository/signing.ts'
export type { Signer } from './repository/signing.ts'
export { nextSnapshot, nextTimestamp } from './repository/snapshot.ts'
export {
  describeFile,
  firstTargets,
  nextTargets,
  withBins,
  withDelegation,
  withoutDelegation,
  withoutTarget,
  withTarget,
} from './repository/targets.ts'
export type { Delegation } from './repository/targets.ts'
