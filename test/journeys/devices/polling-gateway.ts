import { answer } from '@sutler/client'
import { DdiDevice, type DdiDeviceOptions } from '@sutler/simulators'
import { expect } from 'vitest'
import type { ComposedHub } from '../../support/composed-hub.ts'
import { createHousehold, readOrder, until, type Order } from '../household.ts'

/** What a hub needs so that devices poll it by DDI. */
export const ddiHub = { SUTLER_PROTOCOLS: 'ddi', SUTLER_DEVICE_HTTP_PORT: '0', SUTLER_DDI_POLL: '60s' }

export interface PollingGateway {
  readonly household: string
  readonly id: string
  readonly device: DdiDevice
}

let made = 0

/** A household with one gateway that polls by DDI, has polled, and runs some firmware. */
export async function pollingGateway(hub: ComposedHub, over: Partial<DdiDeviceOptions> = {}): Promise<PollingGateway> {
  const household = await createHousehold(hub)
  const identity = `gateway-${++made}`
  const body = { household, class: 'gateway' as const, protocol: 'ddi' as const, identity }
  const added = answer(await hub.api.POST('/api/v1/devices', { body }))
  const device = new DdiDevice({
    hub: hub.deviceUrl!,
    tenant: 'main',
    controller: identity,
    credential: { targetToken: added.credential!.secret! },
    attributes: { 'hardware.model': 'Gateway 7', arch: 'arm64', os: 'linux' },
    reportsUnits: true,
    ...over,
  })
  device.units = [{ name: 'linux', version: '0.9' }]
  expect(await device.poll()).toBe(200)
  return { household, id: added.device, device }
}

/** Polls until the order is settled. */
export async function settledBy(hub: ComposedHub, device: DdiDevice, order: string): Promise<Order> {
  return until(async () => {
    await device.poll()
    const now = await readOrder(hub, order)
    return ['completed', 'failed', 'partial', 'cancelled'].includes(now.state) ? now : null
  })
}
