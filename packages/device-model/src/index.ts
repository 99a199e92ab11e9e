/**
 * The protocol-neutral device model: what the hub wants of a device (outputs), what a device says (inputs), and the
 * contract between the service consumer interface and each protocol package. A protocol translates; it decides nothing.
 */
export type * from './inputs.ts'
export type * from './manifest.ts'
export type * from './outputs.ts'
export type * from './protocol.ts'
export type * from './report.ts'
export { redact } from './redact.ts'
export type { Redacted } from './redact.ts'
export { settingsRefusal } from './settings.ts'
export type { Settings } from './settings.ts'
export { reportedBy, sameUnit, unitLabel } from './units.ts'
