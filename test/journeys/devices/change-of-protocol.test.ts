import { answer } from '@sutler/client'
import { DdiDevice } from '@sutler/simulators'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { artifactOf } from '../../../simulators/src/mender/artifact.ts'
import { MenderDevice } from '../../../simulators/src/mender/mender-device.ts'
import { hubForThisFile } from '../../support/composed-hub.ts'
import { createHousehold, patience, placeOrder, publishTestService, readOrder, until } from '../household.ts'
import { settledBy } from './polling-gateway.ts'

const env = { SUTLER_PROTOCOLS: 'ddi,mender', SUTLER_DEVICE_HTTP_PORT: '0' }
const hub = hubForThisFile({ clock: systemClock, env }, async (made) => {
  const about = { type: 'script', deviceTypes: ['board'], name: 'linux-1.0.0' }
  const artifact = artifactOf({ ...about, provides: {}, files: { 'run.sh': Buffer.from('#!/bin/sh\n') } })
  await publishTestService(made, 'firmware', '1.0.0', [
    { deviceClass: 'gateway', role: 'firmware', reports: { name: 'linux' }, files: { 'linux.mender': artifact } },
  ])
})

const path = (id: string) => ({ params: { path: { id } } })
let made = 0

/** A gateway with a Mender client, and with the identity that it will have once SWUpdate is on it. */
async function gateway() {
  const household = await createHousehold(hub)
  const mender = new MenderDevice({
    hub: hub.deviceUrl!,
    identity: { serial: `gw-${++made}` },
    deviceType: 'board',
    retryMilliseconds: 20,
  })
  const added = answer(
    await hub.api.POST('/api/v1/devices', {
      body: {
        household,
        class: 'gateway',
        protocol: 'mender',
        identity: mender.identity,
        credential: { kind: 'public-key', publicKey: mender.publicKey },
      },
    }),
  )
  await mender.on()
  const body = { protocol: 'ddi' as const, identity: `gw-${made}` }
  const { credential } = answer(await hub.api.POST('/api/v1/devices/{id}/identities', { ...path(added.device), body }))
  const ddi = new DdiDevice({
    hub: hub.deviceUrl!,
    tenant: 'main',
    controller: `gw-${made}`,
    credential: { targetToken: credential.secret! },
    reportsUnits: true,
  })
  ddi.units = [{ name: 'linux', version: '0.9' }]
  const changeOver = () =>
    hub.api.PUT('/api/v1/devices/{id}/protocol', { ...path(added.device), body: { protocol: 'ddi' } })
  return { household, id: added.device, mender, ddi, changeOver }
}

async function stateOf(order: string): Promise<string | undefined> {
  return (await readOrder(hub, order)).deliveries[0]?.state
}

describe('a device that changes protocol', { timeout: patience }, () => {
  test('is offered over the new one what it had begun over the old one, and proves it there', async () => {
    const { household, mender, ddi, changeOver } = await gateway()
    expect(await ddi.poll()).toBe(401)
    const { id: order } = await placeOrder(hub, household, 'add', 'firmware')
    const work = await until(async () => {
      const next = await mender.askNext()
      return next.status === 200 ? (JSON.parse(next.body.toString('utf8')) as { id: string }) : null
    })
    expect(await mender.report(work.id, 'downloading')).toBe(204)
    await until(async () => (await stateOf(order)) === 'accepted')
    await changeOver()
    const settled = await settledBy(hub, ddi, order)
    expect(settled).toMatchObject({ state: 'completed', deliveries: [{ state: 'confirmed', proof: { holds: true } }] })
    expect(ddi.installs).toBe(1)
    expect(await mender.poll()).toBe('unauthorized')
    expect(await mender.report(work.id, 'success')).toBe(401)
    expect(await stateOf(order)).toBe('confirmed')
  })

  test('takes over the new one what waits for it', async () => {
    const { household, id, ddi, changeOver } = await gateway()
    const { id: order } = await placeOrder(hub, household, 'add', 'firmware')
    await until(async () => (await stateOf(order)) === 'pending')
    await changeOver()
    expect((await settledBy(hub, ddi, order)).state).toBe('completed')
    expect(answer(await hub.api.GET('/api/v1/devices/{id}', path(id)))).toMatchObject({ protocol: 'ddi' })
  })
})
