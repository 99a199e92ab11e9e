import { answer } from '@sutler/client'
import { expect, it, onTestFinished } from 'vitest'
import { createWebSocketStream, WebSocket } from 'ws'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { composeHub } from '../support/composed-hub.ts'
import { until } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'
import { createClaim, createHousehold, patience, placeOrder, publishTestService, settledOrder } from './household.ts'

it(
  'a device that connects over WebSocket with TLS, signed for by its key, takes an offer and proves its outcome',
  { timeout: 2 * patience },
  async () => {
    const hub = await composeHub({ clock: systemClock })
    onTestFinished(() => hub.stop(), patience)
    await publishTestService(hub, 'guide', '1.0.0', [{ deviceClass: 'phone', files: { 'index.html': '<h1>' } }])
    const home = await createHousehold(hub)
    const url = `${hub.secure.url.replace('https', 'wss')}/mqtt`
    const open = () => createWebSocketStream(new WebSocket(url, 'mqtt', { ca: hub.secure.authority }))
    const device = await WireDevice.start(hub, await createClaim(hub, home), { open })
    onTestFinished(() => device.disconnect())

    const order = await placeOrder(hub, home, 'add', 'guide')
    const path = { id: order.deliveries[0]!.id }
    const offer = await device.wait('offer', path.id)
    const state = async () => answer(await hub.api.GET('/api/v1/deliveries/{id}', { params: { path } })).state
    expect(await device.prove(offer, () => until(async () => (await state()) === 'accepted'))).toBeNull()
    expect(await settledOrder(hub, order.id)).toMatchObject({ state: 'completed' })
    expect(await state()).toBe('confirmed')
  },
)
