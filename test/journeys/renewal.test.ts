import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPrivateKey } from 'node:crypto'
import { runAgent } from '../../agent/src/core/agent.ts'
import { readIdentity } from '../../agent/src/core/identity.ts'
import type { AgentPlatform } from '../../agent/src/core/platform.ts'
import { nodePlatform } from '../../agent/src/platform/node/index.ts'
import { answer } from '@sutler/client'
import { expect, it, onTestFinished } from 'vitest'
import { tlsDevices, type DeviceIdentity } from '../support/certified-device.ts'
import { composeHub } from '../support/composed-hub.ts'
import { manualClock, type ManualClock } from '../support/manual-clock.ts'
import { until } from '../support/until.ts'
import { createClaim, createHousehold, patience } from './household.ts'

const [hour, day] = [3_600_000, 86_400_000]
const step = 12 * hour
/** Two thirds of a certificate's 90 days, a twelfth of them sooner or later, and the step in which the clock passes that. */
const renewal = { earliest: 90 * day * (2 / 3 - 1 / 12), latest: 90 * day * (2 / 3 + 1 / 12) + step }

/** An agent whose long waits go by the clock; what it does meanwhile takes the time it takes. */
function agentOf(directory: string, clock: ManualClock) {
  const node = nodePlatform(directory, { jsonLog: true })
  const said: string[] = []
  let waiting = 0
  const platform: AgentPlatform = {
    ...node,
    log: { info: (text) => void said.push(text), warn: (text) => void said.push(text) },
    clock: {
      now: () => clock.now(),
      monotonic: () => node.clock.monotonic(),
      after(delay, then) {
        if (delay < 60_000) return node.clock.after(delay, then)
        waiting++
        let over = false
        const ended = (): void => {
          if (!over) waiting--
          over = true
        }
        const cancel = clock.after(delay, () => {
          ended()
          then()
        })
        return () => {
          ended()
          cancel()
        }
      },
    },
  }
  return { platform, said, waiting: () => waiting }
}

async function identityOf(platform: AgentPlatform): Promise<DeviceIdentity> {
  const { privateKey, enrolled } = (await readIdentity(platform))!
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })
  return { id: enrolled!.device, key, certificate: enrolled!.certificate }
}

it(
  'an agent renews its certificate after two thirds of its life and connects with the new one, which ends the old one',
  { timeout: 3 * patience },
  async () => {
    // TLS goes by the machine's clock: now must be within the life of either certificate.
    const clock = manualClock(Date.now() - 70 * day)
    const hub = await composeHub({ clock })
    onTestFinished(() => hub.stop(), patience)
    const directory = await mkdtemp(join(tmpdir(), 'sutler-renewal-'))
    onTestFinished(() => rm(directory, { recursive: true, force: true }))
    const { platform, said, waiting } = agentOf(directory, clock)
    const claim = await createClaim(hub, await createHousehold(hub))
    const stop = new AbortController()
    const profile = { class: 'gateway', model: null, timeZone: null, metered: null }
    const given = { hub: hub.secure.url, authority: null, trustRoot: null, claim, serial: 'GW-1', profile }
    const settings = { reconnect: { first: 2, most: 20 } }
    const ended = runAgent({ ...given, platform, settings, software: 'sutler-agent test' }, stop.signal)
    onTestFinished(async () => {
      stop.abort()
      await ended
    })
    await until(() => said.includes('connected') && waiting() > 0, { deadline: patience })
    const old = await identityOf(platform)
    const began = clock.now()

    const renewed = () => said.includes('the certificate was renewed')
    while (!renewed()) {
      const before = waiting()
      clock.advance(step)
      // Whatever fell due has been done, and waits again.
      await until(() => waiting() >= before || renewed(), { deadline: patience })
      expect(clock.now() - began).toBeLessThanOrEqual(renewal.latest)
    }
    expect(clock.now() - began).toBeGreaterThanOrEqual(renewal.earliest)

    const since = said.indexOf('the certificate was renewed')
    await until(() => said.includes('connected', since), { deadline: patience })
    const fresh = await identityOf(platform)
    expect(fresh.certificate).not.toBe(old.certificate)
    const rows = await hub.database.owner.sql`
      select replaced_at is null as good, expires_at from registration.registration_certificate
      where device = ${old.id} order by number`
    expect(rows.map(({ good }) => good)).toEqual([false, true])
    const devices = tlsDevices(hub.secure, hub.secure.authority)
    expect((await devices.connect(old)).answer).toBe(5)
    const read = answer(await hub.api.GET('/api/v1/devices/{id}', { params: { path: { id: old.id } } }))
    expect(read).toMatchObject({ state: 'active', reachable: true })
  },
)
