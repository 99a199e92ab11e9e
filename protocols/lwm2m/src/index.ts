/** LwM2M 1.0 to 1.2 as a server: translates between its devices and the protocol-neutral device model. */
export { Lwm2mWireError } from './errors.ts'
export { Lwm2mProtocol } from './protocol.ts'
export type { Lwm2mDeps, Lwm2mProblem } from './protocol.ts'
export type { Clock } from './clock.ts'
export type { CoapTransport } from './transport/path.ts'
export { tcpTransport } from './transport/tcp.ts'
export { udpTransport } from './transport/udp.ts'
