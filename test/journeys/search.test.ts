import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, ApiError, type SutlerClient } from '@sutler/client'
import { beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { CommandLine } from '../support/command-line.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { subscriberOf } from '../support/subscriber.ts'
import { createHousehold, patience, placeOrder, publishTestService } from './household.ts'

const hub = hubForThisFile({ clock: systemClock })
let [household, order] = ['', '']
let subscriber: SutlerClient

beforeAll(async () => {
  household = await createHousehold(hub)
  await publishTestService(hub, 'city-radio', '1.0.0', [{ deviceClass: 'phone', files: { a: 'a' } }])
  const body = { household, class: 'phone', protocol: 'ddi', identity: 'box-4711', name: 'Kitchen phone' } as const
  answer(await hub.api.POST('/api/v1/devices', { body }))
  order = (await placeOrder(hub, household, 'add', 'city-radio')).id
  subscriber = await subscriberOf(hub, household)
}, patience)

async function find(api: SutlerClient, q: string, kinds?: string) {
  const query = { q, ...(kinds === undefined ? {} : { kinds }) }
  const { groups } = answer(await api.GET('/api/v1/search', { params: { query } }))
  return groups.map(({ kind, hits }) => [kind, ...hits.map(({ label }) => label)])
}

test('one search finds devices, services and orders', async () => {
  expect(await find(hub.api, 'kitchen')).toEqual([['device', 'Kitchen phone']])
  expect(await find(hub.api, 'radio')).toEqual([['service', 'city-radio']])
  expect(await find(hub.api, order.slice(0, 12))).toEqual([['order', order]])
  expect(await find(hub.api, 'kitchen', 'user,household')).toEqual([])
})

test('a device is found by each of its identities for as long as it has it, and a group of people by its name', async () => {
  const [phone] = answer(await hub.api.GET('/api/v1/devices', { params: { query: { household } } })).items
  const path = { id: phone!.id }
  const body = { protocol: 'lwm2m', identity: 'urn:dev:mac:00-50-56-C0-00-08' } as const
  const { identity } = answer(await hub.api.POST('/api/v1/devices/{id}/identities', { params: { path }, body }))
  expect(await find(hub.api, '0050.56c0.0008')).toEqual([['device', 'Kitchen phone']])
  expect(await find(subscriber, '00:50:56:c0')).toEqual([['device', 'Kitchen phone']])
  expect(await find(hub.api, 'BOX 4711')).toEqual([['device', 'Kitchen phone']])
  const whole = { path: { ...path, identity: identity.id } }
  await hub.api.DELETE('/api/v1/devices/{id}/identities/{identity}', { params: whole })
  expect(await find(hub.api, '0050.56c0.0008')).toEqual([])
  await hub.api.POST('/api/v1/user-groups', { body: { name: 'Night desk' } })
  expect([await find(hub.api, 'night'), await find(subscriber, 'night')]).toEqual([[['user-group', 'Night desk']], []])
})

test('a subscriber finds what is of their household, and of other people nothing', async () => {
  const other = await createHousehold(hub)
  const stranger = await subscriberOf(hub, other)
  expect(await find(subscriber, 'kitchen')).toEqual([['device', 'Kitchen phone']])
  expect(await find(subscriber, order)).toEqual([['order', order]])
  for (const text of ['kitchen', order, household]) expect([text, await find(stranger, text)]).toEqual([text, []])
  expect(await find(stranger, 'radio')).toEqual([['service', 'city-radio']])
})

test('a search that says nothing, or too much, is refused with its place', async () => {
  for (const [q, kinds] of [[' a '], ['x'.repeat(129)], ['radio', 'planets'], ['nul\u0000']] as const) {
    const refused = await find(hub.api, q, kinds).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ApiError)
    const pointer = kinds === undefined ? '#query/q' : '#query/kinds'
    expect((refused as ApiError).places[0]?.pointer).toContain(pointer)
  }
})

test(
  'sutler search shows what is found, by kind',
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sutler-search-'))
    try {
      await writeFile(join(directory, 'config.json'), JSON.stringify(hub.connection), { mode: 0o600 })
      const line = new CommandLine(directory)
      const { out, status } = await line.run(['search', 'kitchen', 'phone'])
      expect([status, out]).toEqual([0, expect.stringMatching(/^device\n {2}dev-\w+ {2}Kitchen phone {2}/)])
      expect((await line.run(['search', 'nowhere'])).out).toBe('nothing is called so\n')
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  },
  patience,
)
