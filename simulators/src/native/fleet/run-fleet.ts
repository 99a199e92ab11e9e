import { fleetOptions } from '../options.ts'
import type { FleetRequest } from '../options.ts'
import { FleetError } from '../errors.ts'
import { fleetResult } from './fleet-result.ts'
import type { FleetResult } from './fleet-result.ts'
import { Fleet } from './fleet.ts'

const orderCheckMilliseconds = 15_000

/** A fleet that has not started. @throws FleetError `bad-option`, `not-loopback`, `unsupported-url` */
export function createFleet(request: FleetRequest): Fleet {
  return new Fleet(fleetOptions(request))
}

/**
 * Runs a fleet from the first enrolment to its end: with an order until every device has reported, else for the duration;
 * never longer than the duration after the start, or once the signal is given.
 * @throws FleetError as `createFleet` and `Fleet.start`
 */
export async function runFleet(request: FleetRequest, signal?: AbortSignal): Promise<FleetResult> {
  const fleet = createFleet(request)
  return lead(fleet, signal)
}

/** Leads a fleet that was created from its start to its end. */
export async function lead(fleet: Fleet, signal?: AbortSignal): Promise<FleetResult> {
  const halt = (): void => void fleet.stop()
  signal?.addEventListener('abort', halt, { once: true })
  let orders: Record<string, number> = {}
  try {
    await fleet.start()
    const { order, duration, checkOrders } = fleet.options
    if (!order) await fleet.wheel.sleep(duration)
    else if (!(await fleet.settled(duration)))
      fleet.statistics.problem('duration', 'some devices did not report in time')
    if (order && checkOrders) orders = await fleet.orderStates(orderCheckMilliseconds)
  } catch (error) {
    if (!(error instanceof FleetError && error.code === 'stopped')) throw error
  } finally {
    signal?.removeEventListener('abort', halt)
    await fleet.stop()
  }
  return fleetResult(fleet, orders)
}
