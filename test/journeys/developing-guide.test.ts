import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { answer, createClient, type SutlerClient } from '@sutler/client'
import { writeKeyFile } from '@sutler/trust/node'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { secondPerson } from '../support/campaign-fleet.ts'
import { commandLineForThisFile } from '../support/command-line.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { commandsOf } from '../support/guide.ts'
import { delegate } from '../support/trust.ts'
import { WireDevice } from '../support/wire-device.ts'
import { createClaim, createHousehold, patience, until } from './household.ts'

/** What docs/guide/developing.md has its reader type, as it stands there. */

const hub = hubForThisFile({ clock: systemClock })
const guide = new URL('../../docs/guide/developing.md', import.meta.url)
const sutler = commandLineForThisFile()
let commands: ReturnType<typeof commandsOf>

beforeAll(async () => {
  await mkdir(sutler.path('demo'))
  commands = commandsOf(await readFile(guide, 'utf8')).flatMap(({ command, output }) =>
    command.split('\n').map((line) => ({ command: line, output })),
  )
})

/** Types the guide's line that begins so, with these words in the place of its `<…>`. */
async function typed(beginning: string, request = '') {
  const found = commands.find(({ command }) => command.startsWith(`sutler ${beginning}`))
  if (found === undefined) throw new Error(`the guide has no “sutler ${beginning}”`)
  const [line = ''] = found.command.split(/\s+#/)
  const words = [...line.replace('<request>', request).matchAll(/"([^"]*)"|(\S+)/g)].map(([, a, b]) => a ?? b!)
  const run = await sutler.run(words.slice(1))
  return { ...run, expected: found.output }
}

/** Seconds differ from run to run. */
const timeless = (text: string | null) => text?.replaceAll(/\d+(\.\d+)? s\./g, 'N s.')

describe('the guide for developers', { timeout: 3 * patience }, () => {
  it('leads from nothing to a service that simulated devices have proved', async () => {
    for (const line of ['service init', 'service validate', 'try']) {
      const { status, out, err, expected } = await typed(line)
      expect([line, status, status === 0 ? '' : err]).toEqual([line, 0, ''])
      expect(timeless(out)).toBe(timeless(expected))
    }
  })

  it('leads on to a version that a second person releases, and that is withdrawn', async () => {
    const developer = await loggedIn('dora')
    await writeFile(sutler.path('developer.key'), writeKeyFile(hub.trust.developer, null))
    await delegate(hub.api, hub.trust, {
      name: 'test',
      keys: [hub.trust.developer.key],
      threshold: 1,
      services: ['*'],
    })
    expect(await typed('service publish')).toMatchObject({
      status: 0,
      out: expect.stringContaining('is candidate, signed'),
    })
    await triedBefore()
    await hub.api.PUT('/api/v1/release-rule', { body: { secondPerson: true } })
    expect((await typed('service release hello')).err).toContain('[second-person-needed]')
    const asked = await typed('service request-release')
    const [request = ''] = /rel-\w+/.exec(asked.out) ?? []
    expect((await typed('service requests')).out).toContain(request)
    expect((await typed('service approve', request)).err).toContain('[not-a-second-person]')
    answer(
      await hub.api.POST('/api/v1/release-requests/{id}/approve', {
        params: { path: { id: request } },
        body: { reason: 'tried it' },
      }),
    )
    const status = await typed('service status')
    expect([status.status, status.out]).toEqual([0, expect.stringMatching(/0\.1\.0\s+released\s+stable\s+0\s+0\s+0/)])
    expect((await typed('service failures')).out).toContain('nothing yet')
    await triedOn()
    const about = await sutler.run(['service', 'withdraw', 'hello', '0.1.0'])
    expect(about.out).toContain('hello 0.1.0 becomes deprecated')
    expect(about.out).toContain('Nothing was done.')
    const done = await sutler.run(['service', 'withdraw', 'hello', '0.1.0', '--yes', '--reason', 'drains batteries'])
    expect([done.status, done.out]).toEqual([0, expect.stringContaining('hello 0.1.0 is deprecated.')])
    expect(await stateOf(developer)).toBe('deprecated')
  })
})

/** By an operator, on a test device that proves it. */
const anyVersion = { headers: { 'if-match': '*' } }

/** On a test device, by its developer, before anybody has released it; and taken back. */
async function triedBefore(): Promise<void> {
  const box = await WireDevice.start(hub, await createClaim(hub, await createHousehold(hub)), { class: 'gateway' })
  const early = ['service', 'try-on', 'hello@0.1.0', '--timeout', '1m']
  expect((await sutler.run([...early, '--device', box.id])).err).toContain('[not-test-device]')
  const device = { params: { path: { id: box.id } } }
  await hub.api.PATCH('/api/v1/devices/{id}', { ...device, body: { tags: ['test-device'] }, ...anyVersion })
  expect((await sutler.run(['service', 'test-devices'])).out).toContain(box.id)
  const trying = sutler.start([...early, '--device', box.id])
  await box.prove(await until(() => box.received.find((message) => message.t === 'offer')))
  expect(await trying.ended).toMatchObject({ status: 0, out: expect.stringContaining('hello 0.1.0 works') })
  const undoing = sutler.start([...early, '--undo'])
  const removal = await until(() => box.received.find((message) => message.t === 'remove'))
  await box.remove(removal.delivery)
  expect(await undoing.ended).toMatchObject({ status: 0, out: expect.stringContaining('hello is removed again') })
  await box.disconnect()
}

async function triedOn(): Promise<void> {
  const { hub: url, token } = hub.connection
  await writeFile(sutler.path('operator.json'), JSON.stringify({ hub: url, token }))
  const household = await createHousehold(hub)
  const box = await WireDevice.start(hub, await createClaim(hub, household), { class: 'gateway' })
  const words = ['service', 'try-on', 'hello', '0.1.0', '--device', box.id, '--timeout', '1m']
  const trying = sutler.start(words, { config: 'operator.json' })
  await box.prove(await until(() => box.received.find((message) => message.t === 'offer')))
  const { status, out } = await trying.ended
  await box.disconnect()
  expect([status, out]).toEqual([0, expect.stringContaining('hello 0.1.0 works')])
}

async function loggedIn(name: string): Promise<SutlerClient> {
  const token = await secondPerson(hub, name, 'developer')
  await sutler.saveLogin({ hub: hub.url, token })
  return createClient({ hub: hub.url, token })
}

async function stateOf(api: SutlerClient): Promise<string> {
  const params = { path: { service: 'hello', version: '0.1.0' } }
  return answer(await api.GET('/api/v1/services/{service}/versions/{version}', { params })).state
}
