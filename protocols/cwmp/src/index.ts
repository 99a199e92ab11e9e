/** CWMP (TR-069) for devices that know no other protocol: the side of the auto-configuration server. */
export { cwmpErrors, CwmpError, CwmpUseError } from './errors.ts'
export type { CwmpErrorCode } from './errors.ts'
export { createCwmpProtocol } from './protocol.ts'
export type { CwmpProtocol } from './protocol.ts'
export type { CwmpClock, CwmpOptions, CwmpProblem } from './options.ts'
