import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer } from '@sutler/client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import {
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  readOrder,
  settledOrder,
  until,
  untilOrder,
} from '../journeys/household.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { startNarrowWire, type NarrowWire } from '../support/narrow-wire.ts'
import { imageSigner, needProgram, signedImage, type ImageSigner } from '../support/swupdate/image.ts'
import { Swupdate } from '../support/swupdate/swupdate.ts'

/**
 * Debian's swupdate, the client that most devices with DDI run, against a whole hub: a really signed image goes into a file of a scratch
 * directory, as it would into a partition.
 */

let hub: ComposedHub
let scratch: string
let signer: ImageSigner
let wire: NarrowWire
let box: Swupdate | undefined
let boxes = 0

beforeAll(async () => {
  for (const program of ['swupdate', 'cpio', 'openssl']) needProgram(program)
  scratch = await mkdtemp(join(tmpdir(), 'sutler-swupdate-'))
  signer = await imageSigner(scratch)
  hub = await composeHub({
    clock: systemClock,
    env: { SUTLER_PROTOCOLS: 'ddi', SUTLER_DEVICE_HTTP_PORT: '0', SUTLER_DDI_POLL: '1s' },
  })
  wire = await startNarrowWire(Number(new URL(hub.deviceUrl!).port))
}, patience)

afterEach(async ({ task }) => {
  await box?.stop()
  if (task.result?.state === 'fail') console.log(box?.log.slice(-6_000))
  Object.assign(wire, { rate: Infinity, cutAfter: null })
})

afterAll(async () => {
  await wire?.stop()
  await hub?.stop()
  await rm(scratch, { recursive: true, force: true })
}, patience)

interface Scene {
  readonly household: string
  readonly service: string
  readonly box: Swupdate
  /** Where the image goes on the device, and what is to be in it. */
  readonly target: string
  readonly payload: Buffer
}

/** A household with a box that runs swupdate, and a released image for it. */
async function scene({ by = signer, size = 1_500_000, identify = {} } = {}): Promise<Scene> {
  const number = ++boxes
  const directory = join(scratch, `box-${number}`)
  await mkdir(directory)
  const target = join(directory, 'partition')
  const payload = randomBytes(size)
  const service = `system-${number}`
  const image = await signedImage(scratch, { version: '2.0.0', payload, target, signer: by })
  await publishTestService(hub, service, '2.0.0', [
    { deviceClass: 'gateway', role: 'firmware', reports: { name: 'system' }, files: { 'system.swu': image } },
  ])
  const household = await createHousehold(hub)
  const controller = `box-${number}`
  const body = { household, class: 'gateway' as const, protocol: 'ddi' as const, identity: controller }
  const { credential } = answer(await hub.api.POST('/api/v1/devices', { body }))
  box = new Swupdate({
    directory,
    url: `http://127.0.0.1:${wire.port}`,
    tenant: 'main',
    controller,
    targetToken: credential!.secret!,
    publicKey: signer.certificate,
    identify: { 'hardware.model': 'board', arch: 'x86_64', ...identify },
  })
  return { household, service, box, target, payload }
}

/** However often it has to try again: it waits ten seconds for a line that is silent, and a second between two tries. */
const installed = (box: Swupdate) =>
  until(() => box.log.includes('SWUPDATE successful'), { deadline: patience, what: 'it has installed' })

const delivery = async (order: string) => (await readOrder(hub, order)).deliveries[0]!

describe('swupdate', { timeout: patience + 20_000 }, () => {
  test('installs a signed image, and the order is complete when it says so after its restart', async () => {
    const { household, service, box, target, payload } = await scene()
    await box.start()
    const order = await placeOrder(hub, household, 'add', service)
    await installed(box)
    await untilOrder(hub, order.id, ({ deliveries }) => deliveries[0]!.state === 'accepted')
    expect(await readFile(target)).toEqual(payload)
    // It has said that it goes on, and is now to restart.
    await box.stop()
    expect((await delivery(order.id)).state).toBe('accepted')
    await box.start('good')
    expect(await settledOrder(hub, order.id)).toMatchObject({
      state: 'completed',
      deliveries: [
        { state: 'confirmed', proof: { by: expect.stringMatching(/^closed, success of deploymentBase\/\d+$/) } },
      ],
    })
  })

  test('that says what it runs is believed by that, after its restart', async () => {
    const { household, service, box } = await scene({ identify: { 'installed.system': '1.0.0' } })
    await box.start()
    const order = await placeOrder(hub, household, 'add', service)
    await installed(box)
    await box.stop()
    box.identify({ 'installed.system': '2.0.0' })
    await box.start('good')
    const settled = await settledOrder(hub, order.id)
    expect(settled.state).toBe('completed')
    expect(settled.deliveries[0]!.proof).toMatchObject({ holds: true, by: 'configData' })
  })

  test('refuses an image that somebody else has signed, and the order fails with its own words', async () => {
    const { household, service, box, target } = await scene({ by: await imageSigner(scratch) })
    await box.start()
    const order = await placeOrder(hub, household, 'add', service)
    const { state, deliveries } = await settledOrder(hub, order.id)
    expect([state, deliveries[0]!.state]).toEqual(['failed', 'failed'])
    expect(deliveries[0]!.detail).toMatch(/device-failed: Device: closed \(failure\); .*No suitable \.swu image found/)
    await expect(readFile(target)).rejects.toThrow('ENOENT')
  })

  test('goes on with a download where the line broke', async () => {
    const { household, service, box, target, payload } = await scene()
    wire.cutAfter = 600_000
    const before = wire.cuts
    await box.start()
    const order = await placeOrder(hub, household, 'add', service)
    await installed(box)
    expect(wire.cuts).toBe(before + 1)
    expect(await readFile(target)).toEqual(payload)
    await box.stop()
    await box.start('good')
    expect((await settledOrder(hub, order.id)).state).toBe('completed')
  })

  test('stops in the middle of a download when the order is cancelled', async () => {
    const { household, service, box } = await scene({ size: 6_000_000 })
    wire.rate = 400_000
    await box.start()
    const order = await placeOrder(hub, household, 'add', service)
    await untilOrder(hub, order.id, ({ deliveries }) => deliveries[0]!.state === 'accepted')
    await until(() => box.log.includes('Software Update started'), { what: 'it downloads' })
    answer(
      await hub.api.POST('/api/v1/orders/{id}/cancel', {
        params: { path: { id: order.id } },
        body: { reason: 'a mistake' },
      }),
    )
    expect(await settledOrder(hub, order.id)).toMatchObject({
      state: 'cancelled',
      deliveries: [{ state: 'cancelled' }],
    })
    expect(box.log).toContain('cancelAction')
    expect(box.log).not.toContain('SWUPDATE successful')
  })

  test('skips an update in quiet hours, which is no success, and installs it when they are over', async () => {
    const { household, service, box, target, payload } = await scene()
    const order = await placeOrder(hub, household, 'add', service)
    await untilOrder(hub, order.id, ({ deliveries }) => deliveries[0]!.state === 'pending')
    const hour = (offset: number) => `${String((new Date().getUTCHours() + 24 + offset) % 24).padStart(2, '0')}:00`
    const params = { path: { kind: 'household' as const, id: household } }
    const quietHours = { from: hour(-1), to: hour(2) }
    answer(await hub.api.PUT('/api/v1/preferences/{kind}/{id}', { params, body: { quietHours } }))
    await box.start()
    await until(() => box.log.includes('"update" : "skip"'), { what: 'it is told to skip' })
    await untilOrder(hub, order.id, ({ deliveries }) => deliveries[0]!.state === 'accepted')
    await expect(readFile(target)).rejects.toThrow('ENOENT')
    answer(await hub.api.PUT('/api/v1/preferences/{kind}/{id}', { params, body: {} }))
    await installed(box)
    expect(await readFile(target)).toEqual(payload)
    await box.stop()
    await box.start('good')
    expect((await settledOrder(hub, order.id)).state).toBe('completed')
  })

  test('comes back from its restart with the old system, and the order fails', async () => {
    const { household, service, box } = await scene()
    await box.start()
    const order = await placeOrder(hub, household, 'add', service)
    await installed(box)
    await box.stop()
    await box.start('bad')
    const { deliveries } = await settledOrder(hub, order.id)
    expect(deliveries[0]).toMatchObject({ state: 'failed', detail: expect.stringContaining('Update Failed.') })
  })
})
