import { expect, test } from 'vitest'
import { testDevice } from './device.ts'
import { startHub, type TestHub } from './hub.ts'

async function enrolled(hub: TestHub, serial = 'SN-1') {
  const device = testDevice(serial)
  const claim = await hub.claim(await hub.household())
  const id = (await hub.request('POST', '/enrolments', { body: device.enrolment(claim) })).json.device as string
  return { id, password: (time: number, as = id) => device.password(hub.registration.hub(), as, time) }
}

test('a device connects with its signature, once', async () => {
  const hub = await startHub()
  const { id, password } = await enrolled(hub)
  const connect = password(hub.clock.now())
  expect(await hub.registration.authenticateDevice(id, connect)).toBe(true)
  expect(await hub.registration.authenticateDevice(id, connect)).toBe(false)
  expect(await hub.registration.authenticateDevice(id, password(hub.clock.now() + 1))).toBe(true)
})

test('a replay is refused at any hub, also at the same moment and after a restart', async () => {
  const one = await startHub()
  const two = await startHub({ database: one.database, clock: one.clock })
  const { id, password } = await enrolled(one)
  const connect = password(one.clock.now())
  const attempts = [one, one, two, two].map((hub) => hub.registration.authenticateDevice(id, connect))
  expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1)
  const restarted = await startHub({ database: one.database, clock: one.clock })
  expect(await restarted.registration.authenticateDevice(id, connect)).toBe(false)
})

test('a device whose clock is more than five minutes off is refused', async () => {
  const hub = await startHub()
  const { id, password } = await enrolled(hub)
  const accepted = []
  for (const offset of [-300_001, -300_000, 300_000, 300_001]) {
    accepted.push(await hub.registration.authenticateDevice(id, password(hub.clock.now() + offset)))
  }
  expect(accepted).toEqual([false, true, true, false])
})

test('a hub whose clock was months ahead for a while does not lock its devices out', async () => {
  const hub = await startHub()
  const { id, password } = await enrolled(hub)
  const now = hub.clock.now()
  hub.clock.setWall(now + 80 * 86_400_000)
  expect(await hub.registration.authenticateDevice(id, password(hub.clock.now()))).toBe(true)
  hub.clock.setWall(now)
  expect(await hub.registration.authenticateDevice(id, password(now))).toBe(true)
  expect(await hub.registration.authenticateDevice(id, password(now))).toBe(false)
})

test('nobody connects as another device', async () => {
  const hub = await startHub()
  const one = await enrolled(hub, 'SN-1')
  const two = await enrolled(hub, 'SN-2')
  const now = hub.clock.now()
  expect(await hub.registration.authenticateDevice(two.id, one.password(now))).toBe(false)
  expect(await hub.registration.authenticateDevice(two.id, one.password(now, two.id))).toBe(false)
  expect(await hub.registration.authenticateDevice('dev-00000000', one.password(now, 'dev-00000000'))).toBe(false)
  expect(await hub.registration.authenticateDevice(one.id, one.password(now))).toBe(true)
})

test('what has not the form of a password or of a device id is refused', async () => {
  const hub = await startHub()
  const { id, password } = await enrolled(hub)
  const good = password(hub.clock.now())
  for (const wrong of ['', 'x', '1.2.3', `${'9'.repeat(400)}.${'A'.repeat(22)}.${'A'.repeat(86)}`, `${good} `]) {
    expect(await hub.registration.authenticateDevice(id, wrong)).toBe(false)
  }
  for (const wrong of ['__proto__', '+', '#', 'a/b', '', `${id}\0`, id.toUpperCase()]) {
    expect(await hub.registration.authenticateDevice(wrong, good)).toBe(false)
  }
  expect(await hub.registration.authenticateDevice(id, good)).toBe(true)
})

test('a decommissioned device is cut off, here and at the other hub, and does not come back', async () => {
  const one = await startHub()
  const two = await startHub({ database: one.database, clock: one.clock })
  const { id, password } = await enrolled(one)
  expect(await one.registration.authenticateDevice(id, password(one.clock.now()))).toBe(true)
  const cutOff: string[] = []
  const cutOffElsewhere = new Promise<string>((resolve) => two.registration.onCutOff(resolve))
  one.registration.onCutOff((device) => cutOff.push(device))
  const link = one.registration.fileLink(id, 'ab'.repeat(32))

  const token = await one.operator()
  expect((await one.request('POST', `/devices/${id}/decommission`, { token })).status).toBe(204)
  expect((await one.request('POST', `/devices/${id}/decommission`, { token })).status).toBe(204)
  expect(cutOff).toEqual([id])
  one.clock.advance(4000)
  expect(await cutOffElsewhere).toBe(id)
  for (const hub of [one, two]) {
    expect(await hub.registration.authenticateDevice(id, password(hub.clock.now()))).toBe(false)
    expect(() => hub.registration.checkFileLink('ab'.repeat(32), link.query)).toThrow(/not one for manifest/)
  }
  const [event] = await one.database.sql`select household from platform_event where type = 'device.decommissioned'`
  expect(event).toBeDefined()
  expect((await one.entities.device(id))?.state).toBe('decommissioned')
})

test('five hundred devices connect at once', async () => {
  const hub = await startHub()
  const home = await hub.household()
  const claim = await hub.claim(home, { uses: 500 })
  const devices = await Promise.all(
    Array.from({ length: 500 }, async (_, i) => {
      const device = testDevice(`SN-${i}`)
      const answer = await hub.request('POST', '/enrolments', { body: device.enrolment(claim) })
      const id = answer.json.device as string
      return { id, password: device.password(hub.registration.hub(), id, hub.clock.now()) }
    }),
  )
  const accepted = await Promise.all(
    devices.map(({ id, password }) => hub.registration.authenticateDevice(id, password)),
  )
  expect(accepted.every(Boolean)).toBe(true)
})

test('a file link ends after a quarter of an hour', async () => {
  const hub = await startHub()
  const manifest = 'ab'.repeat(32)
  const link = hub.registration.fileLink('dev-00000001', manifest)
  expect(link.base).toBe(`http://hub.test:8080/files/${manifest}`)
  expect(hub.registration.checkFileLink(manifest, link.query)).toEqual({ device: 'dev-00000001' })
  expect(hub.registration.checkFileLink(manifest, link.query, 'dev-00000001')).toEqual({ device: 'dev-00000001' })
  // Another device shows its certificate with it.
  expect(() => hub.registration.checkFileLink(manifest, link.query, 'dev-00000002')).toThrow(/not one for manifest/)
  hub.clock.advance(15 * 60_000)
  expect(() => hub.registration.checkFileLink(manifest, link.query)).toThrow(
    expect.objectContaining({ code: 'link-expired' }),
  )
  expect(() => hub.registration.checkFileLink('cd'.repeat(32), link.query)).toThrow(
    expect.objectContaining({ code: 'link-refused' }),
  )
})
