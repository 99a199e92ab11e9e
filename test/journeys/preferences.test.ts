import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, type ApiError, type SutlerClient } from '@sutler/client'
import { describe, expect, it } from 'vitest'
import { commandsOf } from '../support/guide.ts'
import { typed } from '../support/shell.ts'
import { subscriberOf } from '../support/subscriber.ts'
import { patience, placeOrder, publishTestService, settledOrder, untilOrder } from './household.ts'
import { hubWithPhones } from './hub-with-phones.ts'

// A Thursday.
const { home, hub } = hubWithPhones(Date.UTC(2026, 0, 15, 12), { guide: ['1.0.0'], films: ['1.0.0'] })

const put = (kind: 'tenant' | 'household' | 'device', id: string, body: object, api: SutlerClient = hub.api) =>
  api.PUT('/api/v1/preferences/{kind}/{id}', { params: { path: { kind, id } }, body })

const answersOf = async (delivery: string) =>
  answer(await hub.api.GET('/api/v1/deliveries/{id}/answers', { params: { path: { id: delivery } } })).items

/** The code that something is refused with; '' when it is not. */
const refusal = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => '',
    (error: unknown) => (error as ApiError).code,
  )

describe('consent', { timeout: patience }, () => {
  it('is asked of the household, answered by its subscriber, and what waited goes on at once; every answer is kept', async () => {
    const { id, phone } = await home()
    await put('household', id, { consent: { services: ['guide'] } })
    const { id: order, deliveries } = await placeOrder(hub, id, 'add', 'guide')
    await untilOrder(hub, order, ({ state }) => state === 'held')
    const subscriber = await subscriberOf(hub, id)
    const { items } = answer(await subscriber.GET('/api/v1/consents', { params: { query: { state: 'asked' } } }))
    expect(items).toMatchObject([{ household: id, kind: 'service', target: 'guide', askedFor: deliveries[0]!.id }])
    const body = { household: id, kind: 'service' as const, target: 'guide', answer: 'granted' as const, reason: 'yes' }
    answer(await subscriber.POST('/api/v1/consents', { body }))
    await phone.prove(await phone.wait('offer', deliveries[0]!.id))
    expect(await settledOrder(hub, order)).toMatchObject({ state: 'completed' })

    expect((await answersOf(deliveries[0]!.id)).map(({ verdict, why }) => [verdict, why])).toEqual([
      ['now', 'nothing holds it back'],
      ['later', 'held by the consent of the household, the household is asked about guide first'],
    ])
    const params = { path: { id: items[0]!.id } }
    expect(answer(await hub.api.GET('/api/v1/consents/{id}', { params })).history).toMatchObject([
      { state: 'asked', by: null, delivery: deliveries[0]!.id },
      {
        state: 'granted',
        by: expect.stringMatching(/^usr-/) as string,
        reason: 'yes',
        decision: expect.any(String) as string,
      },
    ])
  })

  it('that is declined cancels what waits for it', async () => {
    const { id } = await home()
    await put('household', id, { consent: { services: ['guide'] } })
    const { id: order } = await placeOrder(hub, id, 'add', 'guide')
    await untilOrder(hub, order, ({ state }) => state === 'held')
    const body = { household: id, kind: 'service' as const, target: 'guide', answer: 'denied' as const, reason: '' }
    answer(await hub.api.POST('/api/v1/consents', { body }))
    const { deliveries } = await settledOrder(hub, order)
    expect(deliveries[0]).toMatchObject({ state: 'cancelled' })
    expect(deliveries[0]!.detail).toContain('the household has declined guide')
  })

  it('is no matter of other households, and cannot be taken back before it is given', async () => {
    const { id } = await home()
    const subscriber = await subscriberOf(hub, (await home()).id)
    const body = { household: id, kind: 'service' as const, target: 'guide', answer: 'granted' as const, reason: '' }
    const say = (api: SutlerClient, changed: object) =>
      refusal(api.POST('/api/v1/consents', { body: { ...body, ...changed } }))
    expect(await say(subscriber, {})).toBe('not-found')
    expect(await say(hub.api, { answer: 'revoked' })).toBe('nothing-to-revoke')
    expect(await say(hub.api, { target: 'nothing' })).toBe('unknown-consent-target')
  })
})

describe('a metered link', { timeout: patience }, () => {
  it('holds an install until the device says that it has another', async () => {
    const { id, phone } = await home({ report: { network: { metered: true, type: 'cellular' } } })
    await put('household', id, { metered: 'unmetered-only' })
    const { id: order, deliveries } = await placeOrder(hub, id, 'add', 'guide')
    const held = await untilOrder(hub, order, ({ state }) => state === 'held')
    expect(held.deliveries[0]!.detail).toContain('metered one (cellular)')
    await phone.report({ network: { metered: false, type: 'wifi' } })
    await phone.prove(await phone.wait('offer', deliveries[0]!.id))
    expect(await settledOrder(hub, order)).toMatchObject({ state: 'completed' })
  })
})

describe('a parental limit', { timeout: patience }, () => {
  it('of a device keeps a service with a higher rating away, whatever the household allows', async () => {
    const { id, phone } = await home()
    const params = { path: { service: 'films' } }
    answer(await hub.api.PATCH('/api/v1/services/{service}', { params, body: { parental: 16 } }))
    await put('household', id, { parental: { maximumRating: 18 } })
    await put('device', phone.id, { parental: { maximumRating: 12 } })
    const { id: order } = await placeOrder(hub, id, 'add', 'films')
    const { deliveries } = await settledOrder(hub, order)
    expect(deliveries[0]!.detail).toContain('films is rated 16, the limit is 12')
    expect(phone.received.filter(({ t }) => t === 'offer')).toEqual([])
  })
})

describe('the channel that a household prefers', { timeout: patience }, () => {
  it('is where its orders take versions from, unless they say otherwise; everybody else stays on stable', async () => {
    const component = [{ deviceClass: 'phone' as const, files: { a: 'beta' } }]
    await publishTestService(hub, 'guide', '1.1.0', component, { channel: 'beta' })
    const version = async (household: string, channel?: 'stable') => {
      const items = [{ action: 'add' as const, service: 'guide', ...(channel && { channel }) }]
      return answer(await hub.api.POST('/api/v1/orders', { body: { household, items } })).items[0]!.version
    }
    const [plain, brave, asked] = [await home(), await home(), await home()]
    for (const { id } of [brave, asked]) await put('household', id, { channels: { services: { guide: 'beta' } } })
    expect([await version(plain.id), await version(brave.id), await version(asked.id, 'stable')]).toEqual([
      '1.0.0',
      '1.1.0',
      '1.0.0',
    ])
    const told = async (household: string, wish: object = {}) => {
      const body = { household, add: [{ service: 'guide', ...wish }] }
      const { assignment } = answer(await hub.api.POST('/api/v1/resolutions', { body: body as never }))
      return assignment.find(({ service }) => service === 'guide')!.version
    }
    const other = await home()
    await put('household', other.id, { channels: { services: { guide: 'beta' } } })
    expect(await told(other.id)).toBe('1.1.0')
    expect(await told(other.id, { channel: 'stable' })).toBe('1.0.0')
    expect(await told(other.id, { version: '1.0.0' })).toBe('1.0.0')
  })
})

describe('preferences are refused', { timeout: patience }, () => {
  it('where they could never be met, are in the wrong place or too large; subscribers do not write their tenant’s', async () => {
    const { id, phone } = await home()
    const night = { kind: 'allow', dtstart: '2026-01-01T23:00', rrule: 'FREQ=DAILY', duration: 'PT2H' }
    const quietHours = { from: '22:00', to: '06:00' }
    const refused = [
      put('household', id, { windows: [night], quietHours }),
      put('household', id, { windows: [{ ...night, rrule: 'FREQ=HOURLY' }] }),
      put('household', id, { binding: ['windows'] }),
      put('device', phone.id, { user: 'usr-nobody' }),
      put('household', id, { timeZone: 'Mars/Olympus' }),
      put('household', id, {
        windows: Array.from({ length: 20 }, (_, at) => {
          return {
            ...night,
            rrule: `FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=${at + 1}`,
            exdate: Array(100).fill('2026-12-26T22:00'),
          }
        }),
        consent: { services: Array.from({ length: 200 }, (_, at) => `${'s'.repeat(60)}${at}`) },
        autoUpdate: {
          services: Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`${'s'.repeat(60)}${at}`, 'on'])),
        },
      }),
    ]
    expect(await Promise.all(refused.map(refusal))).toEqual([
      'window-never-opens',
      'invalid-window',
      'preference-misplaced',
      'preference-misplaced',
      'invalid-request',
      'preferences-too-large',
    ])
    const subscriber = await subscriberOf(hub, id)
    expect(await refusal(put('tenant', 'main', { quietHours }, subscriber))).toBe('forbidden')
    expect(await refusal(put('household', id, { quietHours }, subscriber))).toBe('')
  })
})

describe('the guide to preferences', { timeout: 4 * patience }, () => {
  const page = new URL('../../docs/guide/preferences.md', import.meta.url)
  it('says what its commands print', async () => {
    const { id, phone } = await home()
    const directory = await mkdtemp(join(tmpdir(), 'sutler-preferences-'))
    try {
      const own = Object.entries(process.env).filter(([name]) => !/^(SUTLER_|FORCE_COLOR$)/.test(name))
      const program = new URL('../../packages/cli/src/main.ts', import.meta.url).pathname
      const env = {
        ...(Object.fromEntries(own) as Record<string, string>),
        SUTLER_HUB: hub.connection.hub,
        SUTLER_TOKEN: hub.connection.token!,
        HOUSEHOLD: id,
        PHONE: phone.id,
      }
      const commands = commandsOf(await readFile(page, 'utf8'))
      const sutler = `sutler() { ${process.execPath} ${program} "$@"; }`
      const [, ...printed] = await typed([sutler, ...commands.map(({ command }) => command)], {
        directory,
        env,
        deadline: 3 * patience,
      })
      const shown = printed.map((text) => text.replaceAll(id, '<household>').replaceAll(phone.id, '<phone>'))
      const told = commands.map(({ command }, at) => `$ ${command}\n${tidy(shown[at]!)}`)
      expect(told).toEqual(commands.map(({ command, output }) => `$ ${command}\n${tidy(output ?? '')}`))
    } finally {
      await rm(directory, { recursive: true, force: true })
      await put('tenant', 'main', {})
    }
  })

  /** No spaces at the ends of lines; the hub's clock ticks on. */
  const tidy = (text: string): string =>
    text
      .replace(/(after \S+T12:)\d\d/g, '$1<minute>')
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '')
      .join('\n')
})
