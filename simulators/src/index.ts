/** Simulated fleets of devices, for tests, benchmarks and trying things out. */
export { createFleet, runFleet } from './native/fleet/run-fleet.ts'
export type { Fleet } from './native/fleet/fleet.ts'
export type { FleetResult } from './native/fleet/fleet-result.ts'
export type { FleetOptions, FleetRequest } from './native/options.ts'
export type { DeliveryReport } from './native/device/context.ts'
export type { FaultRates } from './native/plan/fault-plan.ts'
export { FleetError } from './native/errors.ts'
export type { FleetErrorCode } from './native/errors.ts'
