import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { answer, type SutlerClient } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeHub, type ComposedHub } from '../../support/composed-hub.ts'
import { subscriberOf } from '../../support/subscriber.ts'
import { manualClock } from '../../support/manual-clock.ts'
import { patience } from '../household.ts'
import { commands } from './scenario-commands.ts'
import { World } from './scenario-world.ts'

/**
 * Each scenario is a file: lines that begin with `> ` are done to a whole hub, and what they print stands below them. The file is
 * compared whole; `vitest run --update` writes it anew.
 */

const clock = manualClock(Date.UTC(2026, 0, 1, 12))
const ticking = setInterval(() => clock.advance(10), 10)
const directory = join(import.meta.dirname, 'scenarios')
let hub: ComposedHub

beforeAll(async () => {
  hub = await composeHub({ clock })
}, patience)

afterAll(async () => {
  clearInterval(ticking)
  await hub?.stop()
}, patience)

describe('the explanation of', { timeout: 2 * patience }, () => {
  it.each(readdirSync(directory).toSorted())('%s', async (file) => {
    const path = join(directory, file)
    await expect(await transcript(readFileSync(path, 'utf8'))).toMatchFileSnapshot(path)
  })
})

it('the guide shows what the scenarios print', () => {
  const printed = readdirSync(directory).map((file) => readFileSync(join(directory, file), 'utf8'))
  const guide = readFileSync('docs/guide/explain.md', 'utf8')
  const shown = [...guide.matchAll(/^```text\n([^]*?)^```$/gm)].map(([, text = '']) => text)
  expect(shown.length).toBeGreaterThan(3)
  for (const text of shown)
    expect(
      printed.some((scenario) => scenario.includes(text)),
      text,
    ).toBe(true)
})

const hiddenCampaign = (service: string) =>
  `phone {"order":{"action":"add","service":"${service}","allOrNothing":false},"waves":[{"group":"@chosen"}],"gates":[{"after":1,"success":0.9,"soak":"1m","within":"1h","else":"pause"}]}`

const hiddenWork = `
> now 2026-06-01 12:00
> service greeting 1.0.0 phone
> service season 1.0.0 phone
> service later 1.0.0 phone
> service asked 1.0.0 phone
> household Home
> policy {"name":"hidden-policy","when":{"event":"device.enrolled"},"if":"device.class == \\"phone\\"","then":[{"order":{"items":[{"action":"add","service":"greeting"}]}}]}
> device phone phone Home
> order-of P Home policy
> proves phone greeting
> await P completed
> policy-off hidden-policy
> group chosen phone
> campaign hidden-campaign ${hiddenCampaign('season')}
> act hidden-campaign start
> order-of C Home campaign
> fails phone season no picture
> await C failed
> await-campaign hidden-campaign paused
> campaign hidden-plan ${hiddenCampaign('later')}
> order A Home add asked
> proves phone asked
> await A completed
`

it(
  'an explanation to a subscriber names no campaign, policy or person that only the provider may see',
  async () => {
    const world = new World(hub, clock)
    await transcript(hiddenWork, world)
    // Of a firing that is no longer kept nobody knows whose it was.
    await hub.database.sql`delete from policy_firing where household = ${world.id('Home')}`
    const hidden = ['hidden-', world.id('hidden-campaign'), world.id('hidden-plan')]
    const operators = await everyExplanation(world, hub.api)
    for (const name of ['hidden-policy', 'hidden-campaign', 'hidden-plan', 'test (you)'])
      expect(operators).toContain(name)
    const subscribers = await everyExplanation(world, await subscriberOf(hub, world.id('Home')))
    for (const name of hidden) expect(subscribers).not.toContain(name)
    expect(subscribers).not.toMatch(/\btest\b/)
    for (const said of [
      'A policy of the provider',
      'A campaign of the provider',
      ' of the provider ordered to add asked',
    ])
      expect(subscribers).toContain(said)
  },
  2 * patience,
)

/** Of the orders P, C and A, their deliveries, and the phone with each of its services, as one text. */
async function everyExplanation(world: World, api: SutlerClient): Promise<string> {
  const at = (each: string) => ({ params: { path: { id: each } } })
  const orders = await Promise.all(['P', 'C', 'A'].map((name) => world.order(name)))
  const services = [{}, ...['greeting', 'season', 'later', 'asked'].map((service) => ({ service }))]
  const read = await Promise.all([
    ...orders.map((each) => api.GET('/api/v1/explanations/orders/{id}', at(each.id))),
    ...orders.flatMap(({ deliveries }) =>
      deliveries.map((each) => api.GET('/api/v1/explanations/deliveries/{id}', at(each.id))),
    ),
    ...services.map((query) =>
      api.GET('/api/v1/explanations/devices/{id}', { params: { path: { id: world.id('phone') }, query } }),
    ),
  ])
  return JSON.stringify(read.map(answer))
}

/** The script of a scenario with what it prints now. Lines with `#` before are for readers. */
async function transcript(text: string, world = new World(hub, clock)): Promise<string> {
  const lines: string[] = []
  try {
    for (const line of text.split('\n')) {
      if (line.startsWith('# ')) lines.push(line)
      if (!line.startsWith('> ')) continue
      lines.push(line)
      const [name = '', ...words] = line.slice(2).trim().split(/\s+/)
      const command = commands[name]
      if (command === undefined) throw new Error(`there is no command ${name}`)
      const said = await command(world, words, line.slice(2).trim().slice(name.length).trim()).catch(
        (error: unknown) => {
          throw new Error(`${line}: ${(error as Error).message}`, { cause: error })
        },
      )
      if (typeof said === 'string') lines.push('', ...said.split('\n'), '')
    }
  } finally {
    await world.stop()
  }
  return `${lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`
}
