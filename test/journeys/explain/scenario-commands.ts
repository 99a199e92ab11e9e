import { join } from 'node:path'
import { answer } from '@sutler/client'
import { readDuration } from '@sutler/engine'
import { readPolicyFile } from '../../../packages/cli/src/policies/policy-file.ts'
import { until } from '../../support/until.ts'
import { createHousehold, patience, publishTestService, type DeviceClass } from '../household.ts'
import type { World } from './scenario-world.ts'

/** The commands of scenarios: what a line says is done to the world; what it gives is printed below the line. */

type Run = (world: World, words: readonly string[], rest: string) => Promise<string | void>

async function say(world: World, name: string, service: string, answer: (delivery: string) => object, accepts = true) {
  const { delivery } = await world.sent(name, service)
  world.answered(delivery)
  const device = world.device(name)
  if (accepts) await device.say({ t: 'accept', delivery })
  await device.say(answer(delivery) as never)
}

const guidePolicies = join(import.meta.dirname, '../../../docs/guide/policies')

async function post(
  world: World,
  path: string,
  body: object,
): Promise<{ id: string; detail?: string; state?: string }> {
  const { token } = world.hub.connection
  const response = await fetch(`${world.hub.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as { id: string; detail?: string; state?: string }
}

/** `add guide@1.0.0 on tv`, several with `;` between. */
function itemsOf(world: World, text: string) {
  return text.split(';').map((part) => {
    const [action, wanted = '', ...more] = part.trim().split(/\s+/)
    const [service, version] = wanted.split('@')
    const on = more.indexOf('on')
    const to = more.indexOf('to')
    return {
      action,
      service,
      ...(version === undefined ? {} : { version }),
      ...(on < 0 ? {} : { devices: more[on + 1]!.split(',').map((name) => world.id(name)) }),
      ...(to < 0 ? {} : { to: world.id(more[to + 1]!) }),
    }
  })
}

export const commands: Readonly<Record<string, Run>> = {
  async now(world, [date, time]) {
    const to = Date.parse(`${date}T${time}:00Z`)
    if (to < world.clock.now()) throw new Error(`it is later than ${date} ${time} already`)
    world.clock.advance(to - world.clock.now())
  },
  async service(world, [id, version, classes], rest) {
    const components = classes!.split(',').map((name) => ({
      deviceClass: name as DeviceClass,
      files: { [`${name}.txt`]: `${id} ${version}` },
    }))
    const relations = [...rest.matchAll(/(requires|conflicts|replaces|recommends)=(\S+)@(\S+)/g)].map(
      ([, kind, service, range]) => ({ kind, service, range }),
    )
    const channel = /channel=(\w+)/.exec(rest)?.[1] as 'beta' | undefined
    await publishTestService(world.hub, id!, version!, components, {
      relations,
      ...(channel === undefined ? {} : { channel }),
    })
  },
  async rating(world, [service, parental]) {
    const params = { path: { service: service! } }
    answer(await world.api.PATCH('/api/v1/services/{service}', { params, body: { parental: Number(parental) } }))
  },
  async household(world, [name, zone = 'UTC']) {
    world.name(name!, await createHousehold(world.hub, zone))
  },
  async device(world, [name, deviceClass, household]) {
    await world.addDevice(name!, deviceClass as 'phone', household!)
  },
  /** `order A Home add guide@1.0.0 on tv` */
  async order(world, [name, household, ...more]) {
    const all = more.join(' ')
    const body = {
      household: world.id(household!),
      items: itemsOf(world, all.replace(/ \(.*\)$/, '')),
      ...(all.endsWith('(each for itself)') ? { allOrNothing: false } : {}),
    }
    const made = await post(world, '/orders', body)
    if (made.id === undefined) return `refused: ${made.detail}`
    world.name(name!, made.id)
  },
  async await(world, [name, ...states]) {
    await until(
      async () => {
        const found = await world.order(name!)
        if (states.includes(found.state)) return true
        throw new Error(
          `${name} is ${found.state}: ${found.deliveries.map((d) => `${d.state} ${d.detail}`).join('; ')}`,
        )
      },
      { deadline: patience, what: `${name} is ${states.join(' or ')}` },
    )
  },
  async proves(world, [name, service]) {
    const message = await world.sent(name!, service!)
    world.answered(message.delivery)
    const device = world.device(name!)
    await (message.t === 'offer' ? device.prove(message) : device.remove(message.delivery))
  },
  async accepts(world, [name, service]) {
    const { delivery } = await world.sent(name!, service!)
    await world.device(name!).say({ t: 'accept', delivery })
  },
  declines: (world, [name, service, reason, ...detail]) =>
    say(world, name!, service!, (delivery) => ({ t: 'decline', delivery, reason, detail: detail.join(' ') }), false),
  fails: (world, [name, service, ...detail]) =>
    say(world, name!, service!, (delivery) => {
      const health = { ok: false, detail: detail.join(' ') }
      return { t: 'outcome', delivery, result: 'rolled-back', digests: [], health, error: 'health-check-failed' }
    }),
  async off(world, [name]) {
    await world.device(name!).disconnect()
    await world.untilReachable(name!, false)
  },
  async on(world, [name]) {
    await world.device(name!).connect()
    await world.untilReachable(name!, true)
  },
  /** `reports phone nothing`, or that what it was offered last of a service is in place: `reports phone guide` */
  async reports(world, [name, service]) {
    const installed = service === 'nothing' ? [] : [await world.installed(name!, service!)]
    await world.device(name!).report({ features: [service!], installed })
  },
  async preferences(world, [kind, name], rest) {
    const id = kind === 'tenant' ? 'main' : world.id(name!)
    const body = JSON.parse(rest.slice(rest.indexOf('{'))) as object
    answer(
      await world.api.PUT('/api/v1/preferences/{kind}/{id}', {
        params: { path: { kind: kind as 'household', id } },
        body,
      }),
    )
  },
  async consent(world, [household, target, given]) {
    const body = { household: world.id(household!), kind: 'service' as const, target: target!, reason: '' }
    answer(await world.api.POST('/api/v1/consents', { body: { ...body, answer: given as 'granted' } }))
  },
  async cancel(world, [name, ...reason]) {
    const params = { path: { id: world.id(name!) } }
    answer(await world.api.POST('/api/v1/orders/{id}/cancel', { params, body: { reason: reason.join(' ') } }))
  },
  async decommission(world, [name]) {
    const params = { path: { id: world.id(name!) } }
    // Answered with 204, which has no body to take.
    const { response } = await world.api.POST('/api/v1/devices/{id}/decommission', { params })
    if (!response.ok) throw new Error(`it was answered ${response.status}`)
  },
  async advance(world, [time]) {
    world.clock.advance(readDuration(time!)!)
  },
  /** As written, or a file of the guide's: `policy repair-drift.yaml` */
  async policy(world, _words, rest) {
    const document = (
      rest.endsWith('.yaml') ? (await readPolicyFile(join(guidePolicies, rest))).document : JSON.parse(rest)
    ) as { name: string }
    await post(world, '/policies', document)
    const trial = await post(world, `/policies/${document.name}/versions/1/trials`, {})
    const acknowledge = ['everyone', 'nothing-seen']
    const done = await post(world, `/policies/${document.name}/versions/1/activate`, { trial: trial.id, acknowledge })
    if (done.detail !== undefined && done.state === undefined) return done.detail
  },
  async 'policy-off'(world, [name]) {
    await post(world, `/policies/${name}/off`, { reason: 'the scenario is over' })
  },
  /** Names the newest order for a household, once there is one of this kind. */
  async 'order-of'(world, [name, household, kind]) {
    const query = { household: world.id(household!), originKind: kind as 'policy' }
    const found = await until(
      async () => answer(await world.api.GET('/api/v1/orders', { params: { query } })).items.at(-1),
      { deadline: patience, what: `an order of a ${kind} for ${household}` },
    )
    world.name(name!, found.id)
  },
  async group(world, [name, devices]) {
    const body = { name: name!, devices: devices!.split(',').map((each) => world.id(each)) }
    world.name(name!, answer(await world.api.POST('/api/v1/groups', { body })).id)
  },
  /** `"@name"` in the document stands for an id. */
  async campaign(world, [name, devices], rest) {
    const text = rest.slice(rest.indexOf('{')).replace(/"@(\w+)"/g, (_, each: string) => JSON.stringify(world.id(each)))
    const more = JSON.parse(text) as object
    const selection = { devices: devices!.split(',').map((each) => world.id(each)) }
    const made = await post(world, '/campaigns', { name, selection, ...more })
    if (made.id === undefined) return `refused: ${made.detail}`
    world.name(name!, made.id)
    await awaitCampaign(world, name!, 'planned')
  },
  async act(world, [name, what]) {
    await post(world, `/campaigns/${world.id(name!)}/${what}`, { reason: 'as the scenario says' })
  },
  'await-campaign': (world, [name, state]) => awaitCampaign(world, name!, state!),
  explain: (world, [kind, name, ...more]) => world.explain(kind!, name!, more),
}

async function awaitCampaign(world: World, name: string, state: string): Promise<void> {
  await until(
    async () => {
      const found = await world.campaign(name)
      if (found.state === state) return true
      // A campaign looks now and then.
      world.clock.advance(1_000)
      throw new Error(`it is ${found.state}: ${found.why}`)
    },
    { deadline: patience, what: `${name} is ${state}` },
  )
}
