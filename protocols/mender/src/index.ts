/** Mender's device API, hub side: devices with a Mender client poll, install artifacts, and say which one they run. */
export { MenderError, menderErrorCodes } from './errors.ts'
export { createMenderProtocol } from './protocol.ts'
export type { MenderProtocol, MenderProtocolDeps } from './protocol.ts'
