import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { commandLineForThisFile } from '../support/command-line.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { WireDevice } from '../support/wire-device.ts'
import { createClaim, createHousehold, patience, publishTestService, settledOrder } from './household.ts'

/** What `sutler order …` prints with `--json`, as far as this test looks at it. */
interface Made {
  readonly id: string
  readonly items: readonly { readonly id: string }[]
  readonly deliveries: readonly { readonly id: string; readonly kind: string }[]
}

const hub = hubForThisFile({ clock: systemClock })
const line = commandLineForThisFile()
let phone: WireDevice
let home: string
let other: string

beforeAll(async () => {
  await line.saveLogin(hub.connection)
  for (const version of ['1.0.0', '2.0.0'])
    await publishTestService(hub, 'guide', version, [{ deviceClass: 'phone', files: { a: version } }])
  home = await createHousehold(hub)
  other = await createHousehold(hub)
  phone = await WireDevice.start(hub, await createClaim(hub, home))
}, patience)

afterAll(async () => {
  await phone?.disconnect()
}, patience)

const order = async (...words: string[]): Promise<Made> =>
  (await line.json('order', ...words, '--household', home)) as unknown as Made

/** The phone does what its delivery asks. */
async function carriedOut({ id, deliveries: [delivery] }: Made, healthy = true): Promise<void> {
  const { id: own, kind } = delivery!
  if (kind === 'install' && healthy) await phone.prove(await phone.wait('offer', own))
  else {
    await phone.wait(kind === 'install' ? 'offer' : 'remove', own)
    await phone.say({ t: 'accept', delivery: own })
    const result = kind === 'install' ? 'failed' : 'removed'
    const health = { ok: kind !== 'install', detail: kind === 'install' ? 'no picture' : '' }
    await phone.say({ t: 'outcome', delivery: own, result, digests: [], health })
  }
  await settledOrder(hub, id)
}

describe('orders on the command line', { timeout: 2 * patience }, () => {
  it('fail, are shown with the reason, and are tried again', async () => {
    const made = await order('add', 'guide@1.0.0', '--keep-partial', '--priority', '1')
    await carriedOut(made, false)
    const shown = await line.run(['order', 'show', made.id])
    expect(shown.out).toContain(`${made.id} is failed: add guide 1.0.0 for ${home}`)
    expect(shown.out).toContain('no picture')
    const again = (await line.json('order', 'retry', made.id, made.items[0]!.id)) as unknown as Made
    await carriedOut({ ...again, deliveries: again.deliveries.slice(-1) })
    expect((await line.run(['order', 'show', made.id])).out).toContain(`${made.id} is completed`)
    const twice = await line.run(['order', 'retry', made.id, made.items[0]!.id])
    expect(twice).toMatchObject({ status: 1, err: expect.stringContaining('[item-not-failed]') })
  })

  it('suspend and resume, and what is pinned is listed', async () => {
    await carriedOut(await order('suspend', 'guide'))
    const list = async () => (await line.run(['subscription', 'list', '--household', home])).out
    expect(await list()).toMatch(/guide +1\.0\.0 +suspended +1\.0\.0/)
    await carriedOut(await order('resume', 'guide'))
    expect(await list()).toMatch(/guide +1\.0\.0 +active +1\.0\.0/)
    await carriedOut(await order('modify', 'guide', '--channel', 'beta'))
    expect(await list()).toMatch(/guide +2\.0\.0 +active +beta/)
    await carriedOut(await order('modify', 'guide@1.0.0', '--channel', 'none'))
    expect(await line.json('subscription', 'list', '--household', home)).toMatchObject([
      { service: 'guide', version: '1.0.0', channel: null },
    ])
  })

  it('wait for their start and are cancelled before it; a move to a household without devices is refused', async () => {
    const later = await order('remove', 'guide', '--start', new Date(systemClock.now() + 3_600_000).toISOString())
    const cancelled = await line.run(['order', 'cancel', later.id, '--reason', 'they stay'])
    expect(cancelled).toMatchObject({ status: 0, out: expect.stringContaining(later.id) })
    await settledOrder(hub, later.id)
    expect((await line.run(['order', 'show', later.id])).out).toMatch(/is cancelled: .*\nthey stay/)
    const moved = await line.run(['order', 'move', 'guide', '--household', home, '--to', other])
    expect(moved).toMatchObject({ status: 1, err: expect.stringMatching(/\[(no-device|relation-broken)\]/) })
    const target = await WireDevice.start(hub, await createClaim(hub, other))
    const move = await order('move', 'guide', '--to', other)
    const [install, removal] = move.deliveries
    await target.prove(await target.wait('offer', install!.id))
    await carriedOut({ ...move, deliveries: [removal!] })
    expect((await line.run(['order', 'show', move.id])).out).toContain('is completed: move guide')
    await target.disconnect()
  })
})
