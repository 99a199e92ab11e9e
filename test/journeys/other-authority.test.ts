import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer } from '@sutler/client'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { startAgent, type AgentProcess } from '../support/agent-process.ts'
import { testAuthority } from '../support/authority.ts'
import { csrOf, newKey } from '../support/certified-device.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { until } from '../support/until.ts'
import {
  createClaim,
  createHousehold,
  filesInUse,
  patience,
  placeOrder,
  published,
  publishTestService,
  settledOrder,
  type TestComponent,
} from './household.ts'

let hub: ComposedHub
let home: string
let directory: string
const component: TestComponent = { deviceClass: 'gateway', files: { 'index.html': '<h1>' } }

/** The hub shows a certificate that its operator got elsewhere. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sutler-other-authority-'))
  const [theirs, another] = [testAuthority('Example CA'), testAuthority('Another CA')]
  const { certificate, key } = theirs.server()
  const files = { 'ca.pem': theirs.root, 'another.pem': another.root, 'hub.pem': certificate, 'hub.key': key }
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content)
  const env = { SUTLER_TLS_CERT_FILE: join(directory, 'hub.pem'), SUTLER_TLS_KEY_FILE: join(directory, 'hub.key') }
  hub = await composeHub({ clock: systemClock, env })
  await publishTestService(hub, 'guide', '1.0.0', [component])
  home = await createHousehold(hub)
}, patience)

afterAll(async () => {
  await hub?.stop()
  await rm(directory, { recursive: true, force: true })
}, patience)

async function agent(more: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<AgentProcess> {
  const claim = await createClaim(hub, home)
  const started = await startAgent({ hub: hub.secure.url, claim, class: 'gateway', serial: 'GW-1', more, env })
  onTestFinished(() => started.stop())
  return started
}
const says = (who: AgentProcess, what: string) => until(() => who.output().includes(what), { deadline: patience })

it(
  'a device that is given the other authority enrols, and gets what is ordered',
  { timeout: 2 * patience },
  async () => {
    const device = await agent(['--ca', join(directory, 'ca.pem')])
    await says(device, '"connected"')
    const order = await placeOrder(hub, home, 'add', 'guide')
    expect(await settledOrder(hub, order.id)).toMatchObject({ state: 'completed' })
    expect(await filesInUse(device.directory, 'guide')).toEqual(published(component))
  },
)

it('a device whose system trusts the authority needs no option', { timeout: patience }, async () => {
  const device = await agent([], { NODE_EXTRA_CA_CERTS: join(directory, 'ca.pem') })
  expect(await says(device, '"connected"')).toBe(true)
})

it('claims and claim certificates name no authority of the hub’s own', { timeout: patience }, async () => {
  expect(await createClaim(hub, home)).toMatch(/^clm_[^.]+$/)
  const body = { household: home, csr: csrOf(newKey(), '') }
  const made = answer(await hub.api.POST('/api/v1/claims', { body }))
  expect(made).toMatchObject({ certificate: expect.stringContaining('BEGIN CERTIFICATE'), claim: made.id })
  expect(made).not.toHaveProperty('authority')
})

it('with the wrong authority, and without one, it refuses, says why, and ends', { timeout: 2 * patience }, async () => {
  for (const more of [['--ca', join(directory, 'another.pem')], []]) {
    const device = await agent(more)
    await says(device, 'sutler-agent: untrusted: ')
    expect(device.output()).toContain(`${hub.secure.url} is not recognised`)
    expect(device.output()).toContain('--ca')
  }
})
