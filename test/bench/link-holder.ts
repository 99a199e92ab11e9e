import { answer } from '@sutler/client'
import type { Offer } from '@sutler/wire'
import type { HubProcess } from '../support/hub-process.ts'
import { WireDevice } from '../support/wire-device.ts'
import type { BenchOptions } from './measure.ts'

/**
 * Enrols a set-top box that never installs anything, orders the service for it and returns the offer it gets: with it the
 * link by which this device, and no other, may fetch the files. Connected until the bench ends.
 */
export async function offerOf(
  { resources }: Pick<BenchOptions, 'resources'>,
  hub: HubProcess,
  service: string,
): Promise<Offer> {
  const { id: household } = answer(
    await hub.api.POST('/api/v1/households', { body: { name: 'Bench', timeZone: 'UTC' } }),
  )
  const { claim } = answer(await hub.api.POST('/api/v1/claims', { body: { household } }))
  const device = await WireDevice.start(hub, claim, { class: 'set-top-box' })
  resources.defer(() => device.disconnect())
  const body = { household, items: [{ action: 'add' as const, service }] }
  const order = answer(await hub.api.POST('/api/v1/orders', { body }))
  return device.wait('offer', order.deliveries[0]!.id)
}
