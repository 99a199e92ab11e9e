import { afterAll } from 'vitest'
import { hubForThisFile, type ComposedHub } from '../support/composed-hub.ts'
import { manualClock, type ManualClock } from '../support/manual-clock.ts'
import { WireDevice, type StartOptions } from '../support/wire-device.ts'
import { createClaim, createHousehold, publishTestService } from './household.ts'

/** A hub with services for phones, and phones that say what the test wants. */
export interface HubWithPhones {
  readonly hub: ComposedHub
  readonly clock: ManualClock
  /** Enrols one more phone of the household. */
  join(household: string, report?: StartOptions['report']): Promise<WireDevice>
  home(wish?: HomeWish): Promise<Home>
}

interface HomeWish {
  /** How many; absent = one. */
  readonly phones?: number
  readonly timeZone?: string
  /** What each of them says of itself. */
  readonly report?: StartOptions['report']
}

interface Home {
  readonly id: string
  /** The first one. */
  readonly phone: WireDevice
  readonly phones: readonly WireDevice[]
}

/**
 * For all tests of one file, at whose top this is called.
 * @param start where its clock begins
 * @param services with the versions that are released, in their order
 */
export function hubWithPhones(start: number, services: Readonly<Record<string, readonly string[]>>): HubWithPhones {
  const clock = manualClock(start)
  // Time passes for the hub as for everybody; only the long waits are jumped over.
  const ticking = setInterval(() => clock.advance(10), 10)
  const devices: WireDevice[] = []
  const hub = hubForThisFile({ clock }, async (hub) => {
    for (const [service, versions] of Object.entries(services))
      for (const version of versions)
        await publishTestService(hub, service, version, [{ deviceClass: 'phone', files: { a: service + version } }])
  })
  // Runs before the hub is stopped: the hooks after a file run backwards.
  afterAll(async () => {
    clearInterval(ticking)
    for (const device of devices) await device.disconnect()
  })
  const join: HubWithPhones['join'] = async (household, report = {}) => {
    const phone = await WireDevice.start(hub, await createClaim(hub, household), { now: () => clock.now(), report })
    devices.push(phone)
    return phone
  }
  const home: HubWithPhones['home'] = async ({ phones: count = 1, timeZone, report } = {}) => {
    const id = await createHousehold(hub, timeZone)
    const phones: WireDevice[] = []
    while (phones.length < count) phones.push(await join(id, report))
    return { id, phone: phones[0]!, phones }
  }
  return { hub, clock, join, home }
}
