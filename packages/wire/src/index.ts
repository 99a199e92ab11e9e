/** The native device protocol, version 1. Pure: bytes, values and state; no clock, no socket, no Node built-ins. */
export type * from './messages.ts'
export { decodeChunk, encodeChunk, isChunk } from './chunk.ts'
export type { Chunk } from './chunk.ts'
export { decodeDown, decodeUp, encode } from './codec/index.ts'
export { declineReasons, deviceClasses, outcomeResults, progressStages } from './codec/messages.ts'
export {
  connectPassword,
  connectStatement,
  enrolStatement,
  readClaim,
  readConnectPassword,
  renewStatement,
} from './statements.ts'
export { digestBytes, digestHex } from './digest.ts'
export { errorCodes, WireError } from './errors.ts'
export type { WireErrorCode } from './errors.ts'
export { limits } from './limits.ts'
export { canonicalManifest, parseManifest } from './manifest/manifest.ts'
export type { Manifest, ManifestFile } from '@sutler/device-model'
export { redact, settingsRefusal } from '@sutler/device-model'
export { checkPaths } from './manifest/paths.ts'
export { predecessorOf } from './manifest/predecessor.ts'
export type { Finding, FindingCode } from './manifest/paths.ts'
export { acknowledgeDown, receiveDown, releaseDown } from './session/inbox.ts'
export { dueMessages, nextDueAt, queueUp, sessionConnected } from './session/outbox.ts'
export { restoreDeviceSession, saveDeviceSession } from './session/saved.ts'
export { createDeviceSession } from './session/state.ts'
export type { DeviceSession, Intention, OutboxEntry, Received, UpBody } from './session/state.ts'
export { clipText } from './text.ts'
export { deviceOfTopic, topics } from './topics.ts'
