/** Simulated devices that speak CWMP (TR-069), with their own encoder. */
export { CwmpDevice } from './device/cwmp-device.ts'
export type { CwmpDeviceOptions } from './device/cwmp-device.ts'
export { imageOf } from './device/image.ts'
export { autonomousTransfer, autonomousUnitChange } from './device/jobs.ts'
export { node } from './soap/node.ts'
export { writeMessage, plainDialect } from './soap/write.ts'
