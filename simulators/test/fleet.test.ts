import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFleet, runFleet } from '../src/index.ts'
import type { DeliveryReport, FleetRequest } from '../src/index.ts'
import { until } from '../../test/support/until.ts'
import { SmallHub } from './hub/small-hub.ts'
import type { KnownDevice } from './hub/small-hub.ts'

let hub: SmallHub

beforeEach(async () => {
  hub = await new SmallHub().start()
  for (const deviceClass of ['set-top-box', 'phone', 'gateway']) {
    const files = {
      'index.html': Buffer.from(`<h1>${deviceClass}`),
      'guide.bin': randomBytes(40_000),
      empty: Buffer.alloc(0),
    }
    hub.catalogue.add('guide', '1.0.0', deviceClass, files, deviceClass === 'set-top-box')
    hub.catalogue.add('guide', '2.0.0', deviceClass, { ...files, 'new.bin': randomBytes(20_000) })
  }
  hub.catalogue.add('only-phones', '1.0.0', 'phone', { 'app.bin': randomBytes(1000) })
})

afterEach(() => hub.stop())

const request = (more: Partial<FleetRequest> = {}): FleetRequest => ({
  hub: hub.url,
  token: hub.token,
  devices: 20,
  seed: 5,
  order: { service: 'guide', version: '1.0.0' },
  duration: 25_000,
  ...more,
})

const installedOf = (device: KnownDevice): string[] => [...device.outcomes.values()].map(({ result }) => result)

describe('a fleet', () => {
  test('enrols, takes the order, downloads, and proves what is in place', async () => {
    const result = await runFleet(request())
    expect(result).toMatchObject({ enrolled: 20, ready: 20, installed: 20, failed: 0, problems: [] })
    expect(result.orders).toEqual({ completed: 7 })
    expect(result.latency.offerToOutcome.count).toBe(20)
    expect(result.fileBytes).toBeGreaterThan(20 * 40_000)
    for (const device of hub.devices.values()) {
      const digests = [...device.outcomes.values()][0]!.digests.map((digest) => Buffer.from(digest!).toString('hex'))
      const { files } = hub.catalogue.component('guide', '1.0.0', device.class)!.manifest
      expect(digests).toEqual(files.map((file) => file.digest))
      expect(device.queue.size).toBe(0)
    }
  })

  test('with every fault on comes to the same end', async () => {
    const faults = { offline: 1, slow: 0.5, failing: 0.3, duplicates: 1, skew: 0.5, reorder: 1, killed: 0.5 }
    const result = await runFleet(request({ faults }))
    expect(result).toMatchObject({ enrolled: 20, ready: 20 })
    expect(result.installed + result.failed).toBe(20)
    expect(result.failed).toBeGreaterThan(0)
    expect(result.absences).toBeGreaterThan(0)
    expect(result.kills).toBeGreaterThan(0)
    expect(result.reordered).toBeGreaterThan(0)
    expect(result.clocksCorrected).toBeGreaterThan(0)
    for (const device of hub.devices.values()) expect(installedOf(device)).toHaveLength(1)
  })

  test('that sends every message twice is counted once', async () => {
    const result = await runFleet(request({ devices: 6, faults: { duplicates: 1 } }))
    const repeats = [...hub.devices.values()].reduce((sum, device) => sum + device.repeats, 0)
    expect(result.duplicatesSent).toBeGreaterThan(0)
    expect(repeats).toBeGreaterThan(0)
    expect(result.installed).toBe(6)
    for (const device of hub.devices.values()) expect(installedOf(device)).toEqual(['installed'])
  })

  test('fails the health check of one version on a drawn share of its devices, every time, and of no other version', async () => {
    const failed = async (order: { service: string; version: string }): Promise<number[]> => {
      const fleet = createFleet(request({ unhealthy: { 'guide@2.0.0': 0.4 }, order }))
      const reports: DeliveryReport[] = []
      fleet.onOutcome((report) => reports.push(report))
      await fleet.start()
      await until(() => reports.length === 20)
      await fleet.stop()
      return reports.filter(({ result }) => result === 'failed').map(({ index }) => index)
    }
    const first = new Set(await failed({ service: 'guide', version: '2.0.0' }))
    expect(first.size).toBeGreaterThan(2)
    expect(first.size).toBeLessThan(18)
    expect(new Set(await failed({ service: 'guide', version: '2.0.0' }))).toEqual(first)
    expect(await failed({ service: 'guide', version: '1.0.0' })).toEqual([])
  })

  test('asks for a fresh link when the one it got has expired', async () => {
    hub.expireFirstLinks = true
    const result = await runFleet(request({ devices: 3 }))
    expect(result).toMatchObject({ installed: 3, renewals: 3, problems: [] })
  })

  test('is done when the order is final, though the service has nothing for some of its devices', async () => {
    const result = await runFleet(request({ devices: 3, order: { service: 'only-phones', version: null } }))
    expect(result).toMatchObject({ installed: 1, orders: { completed: 1 } })
  })

  test('uses one claim for all devices when it is given one, and needs no token', async () => {
    const claim = hub.createClaim('hh-given', 5)
    const fleet = createFleet({ hub: hub.url, claim, devices: 5 })
    await fleet.start()
    expect([...hub.devices.values()].map(({ household }) => household)).toEqual(Array(5).fill('hh-given'))
    expect(fleet.statistics.online).toBe(5)
    await fleet.stop()
  })

  test('names the problem when its claim is refused', async () => {
    const fleet = createFleet({ hub: hub.url, claim: 'clm_unknown', devices: 2 })
    await fleet.start()
    await fleet.stop()
    expect(fleet.result()).toMatchObject({ enrolled: 0, ready: 0 })
    expect(fleet.result().problems).toEqual([{ problem: expect.stringContaining('403 claim-refused'), times: 2 }])
  })

  test('stops with the hub’s reason when the token is not valid, and when there is no hub', async () => {
    await expect(runFleet(request({ token: 'sut_wrong' }))).rejects.toMatchObject({
      code: 'hub-refused',
      problem: 'not-authenticated',
    })
    await expect(runFleet(request({ hub: 'http://127.0.0.1:1' }))).rejects.toMatchObject({ code: 'network' })
  })

  test('ends at once when it is interrupted', async () => {
    const interruption = new AbortController()
    const { order: _none, ...without } = request({ duration: 600_000 })
    const running = runFleet(without, interruption.signal)
    await until(() => [...hub.devices.values()].filter((device) => device.report).length === 20)
    interruption.abort()
    expect(await running).toMatchObject({ ready: 20, problems: [] })
  })
})

describe('a device of a fleet', () => {
  const one = async (more: Partial<FleetRequest> = {}) => {
    const { order: _none, ...without } = request({ devices: 1, ...more })
    const fleet = createFleet(without)
    const reports: DeliveryReport[] = []
    fleet.onOutcome((report) => reports.push(report))
    await fleet.start()
    return { fleet, reports, device: [...hub.devices.values()][0]! }
  }
  const results = (reports: DeliveryReport[]): string[] => reports.map(({ result }) => result)

  test('fetches only the files it does not have when a second version comes, then removes it', async () => {
    const { fleet, reports, device } = await one()
    hub.offer(device, 'guide', '1.0.0', 1)
    await until(() => reports.length === 1)
    const before = fleet.statistics.files
    hub.offer(device, 'guide', '2.0.0', 2)
    await until(() => reports.length === 2)
    expect(fleet.statistics.files - before).toBe(1)
    hub.send(device, { id: hub.nextId(), t: 'remove', delivery: 'dlv-remove', epoch: 3, service: 'guide' })
    await until(() => reports.length === 3)
    expect(results(reports)).toEqual(['installed', 'installed', 'removed'])
    hub.send(device, { id: hub.nextId(), t: 'query' })
    await until(() => device.queue.size === 0)
    await until(() => device.report!.installed.length === 0)
    await fleet.stop()
  })

  test('declines an older intention, and an offer that was cancelled before it came', async () => {
    const { fleet, reports, device } = await one()
    hub.offer(device, 'guide', '2.0.0', 5)
    await until(() => reports.length === 1)
    hub.offer(device, 'guide', '1.0.0', 4)
    await until(() => reports.length === 2)
    hub.send(device, { id: hub.nextId(), t: 'cancel', delivery: 'dlv-late' })
    await until(() => device.queue.size === 0)
    hub.offer(device, 'guide', '1.0.0', 6, 'dlv-late')
    await until(() => reports.length === 3)
    expect([...device.declines.values()]).toEqual(['superseded', 'refused'])
    expect(results(reports)).toEqual(['installed', 'declined', 'declined'])
    await fleet.stop()
  })

  test('goes back to the old version when the new one fails', async () => {
    const state = await mkdtemp(join(tmpdir(), 'fleet-'))
    const healthy = await one({ state })
    hub.offer(healthy.device, 'guide', '1.0.0', 1)
    await until(() => healthy.reports.length === 1)
    await healthy.fleet.stop()
    const failing = await one({ state, faults: { failing: 1 } })
    hub.offer(failing.device, 'guide', '2.0.0', 2)
    await until(() => failing.reports.length === 1)
    expect(failing.reports[0]!.result).toBe('rolled-back')
    await failing.fleet.stop()
    await rm(state, { recursive: true })
  })

  test('is the same device, with the same components, after its state was read again', async () => {
    const state = await mkdtemp(join(tmpdir(), 'fleet-'))
    const first = await one({ state })
    hub.offer(first.device, 'guide', '1.0.0', 1)
    await until(() => first.reports.length === 1)
    await first.fleet.stop()
    const second = await one({ state })
    expect(second.fleet.statistics.enrolled).toBe(0)
    expect(hub.devices.size).toBe(1)
    expect(first.device.report!.installed).toMatchObject([{ service: 'guide', version: '1.0.0', epoch: 1 }])
    await second.fleet.stop()
    await rm(state, { recursive: true })
  })

  test('holds little memory: nothing per device that is not its own, no file content', async () => {
    const { order: _none, ...without } = request({ devices: 200 })
    const fleet = createFleet(without)
    await fleet.start()
    expect(new Set(fleet.devices.map((device) => device.faults)).size).toBe(1)
    expect(new Set(fleet.devices.map((device) => device.work.installed)).size).toBe(1)
    expect(fleet.devices.every((device) => device.session.outbox.length === 0)).toBe(true)
    expect(fleet.devices.some(({ identity }) => identity.holdsKey)).toBe(false)
    await fleet.stop()
  })
})
