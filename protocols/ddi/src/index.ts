/** hawkBit's Direct Device Integration, version 1, hub side: translates between its documents and the protocol-neutral device model. */
export { DdiError, ddiErrors } from './errors.ts'
export type { DdiErrorCode } from './errors.ts'
export { createDdiProtocol } from './protocol.ts'
export type { DdiOptions, DdiProtocol } from './protocol.ts'
export type { Urgency } from './session/terms.ts'
export type { Front } from './transport/caller.ts'
