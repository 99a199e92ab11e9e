/** The native device protocol, hub side: translates between its messages and the protocol-neutral device model. */
export { NativeProtocolError } from './errors.ts'
export { createNativeProtocol } from './protocol.ts'
export type { NativeProblem, NativeProtocolDeps } from './protocol.ts'
export type { NativeTransport } from './transport/transport.ts'
