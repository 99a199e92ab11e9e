import { answer, type Schemas } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { startAgent, type AgentProcess } from '../support/agent-process.ts'
import { CommandLine } from '../support/command-line.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { WireDevice } from '../support/wire-device.ts'
import {
  createClaim,
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  settledOrder,
  until,
} from './household.ts'

/** What one device that runs our own agent is asked beside deliveries. */

const hub = hubForThisFile({ clock: systemClock })
let household: string
let device: string
let agent: AgentProcess

const path = (id: string) => ({ params: { path: { id } } })
const read = async (id: string) => answer(await hub.api.GET('/api/v1/devices/{id}', path(id)))
const logs = async () => answer(await hub.api.GET('/api/v1/devices/{id}/logs', path(device))).items

/** Asks, and waits until the device has done it. */
async function ask(body: Schemas['DeviceRequest']): Promise<string | null> {
  const { id } = answer(await hub.api.POST('/api/v1/devices/{id}/requests', { ...path(device), body }))
  return until(async () => {
    const { items } = answer(await hub.api.GET('/api/v1/devices/{id}/outputs', path(device)))
    return items.find((output) => output.id === id)?.result ?? null
  })
}

beforeAll(async () => {
  household = await createHousehold(hub)
  const claim = await createClaim(hub, household)
  const more = ['--message-command', 'tee shown']
  agent = await startAgent({ hub: hub.secure.url, claim, class: 'gateway', serial: 'asked', more })
  device = await until(async () => {
    const { items } = answer(await hub.api.GET('/api/v1/devices', { params: { query: { household } } }))
    return items[0]?.capabilities ? items[0].id : null
  })
}, patience)

afterAll(() => agent?.stop(), patience)

describe('a device that runs our agent', { timeout: 3 * patience }, () => {
  it('sends its log', async () => {
    expect(await ask({ kind: 'collect-log', bytes: 10_000 })).toBe('taken')
    const [log] = await logs()
    expect(log).toMatchObject({ request: expect.stringMatching(/^log-/) })
    expect(log!.text).toContain(' info connected device=')
  })

  it('starts again, and its new start is the proof', async () => {
    const before = agent.pid
    expect(await ask({ kind: 'restart', reason: 'asked by a test' })).toBe('taken')
    expect(agent.pid).not.toBe(before)
    await ask({ kind: 'collect-log', bytes: 10_000 })
    expect((await logs())[0]!.text).toContain('info the hub asks for a restart reason=asked by a test')
  })

  it('takes the settings that it names, and the report with them is the proof', async () => {
    expect(await ask({ kind: 'configure', settings: { 'verify-minutes': 15 } })).toBe('taken')
    const setting = async () => (await read(device)).capabilities?.settings?.['verify-minutes']
    await expect.poll(setting, { timeout: patience }).toEqual({ value: 15, least: 0, most: 35_000 })
    const history = answer(await hub.api.GET('/api/v1/devices/{id}/history', path(device))).items
    expect(history.flatMap(({ changes }) => changes)).toContainEqual({
      name: 'settings.verify-minutes',
      before: 360,
      after: 15,
    })
    await expect(ask({ kind: 'configure', settings: { 'verify-minutes': -1 } })).rejects.toMatchObject({
      code: 'device-cannot',
      message: `${device}: verify-minutes takes a whole number from 0 to 35000.`,
    })
  })

  it('shows a text by the program that it was given', async () => {
    expect(await ask({ kind: 'message', text: 'Good evening' })).toBe('taken')
  })

  it('that is older is not asked, and the sentence says why', async () => {
    const older = await WireDevice.start(hub, await createClaim(hub, household))
    const body = { kind: 'restart', reason: '' } as const
    await expect(hub.api.POST('/api/v1/devices/{id}/requests', { ...path(older.id), body })).rejects.toMatchObject({
      code: 'device-cannot',
      message: expect.stringContaining('its features have no takes-restart') as string,
    })
    await older.disconnect()
    await hub.api.POST('/api/v1/devices/{id}/decommission', path(older.id))
  })

  it('on which a version failed sends its log to the developer of it', async () => {
    const health = 'console.error("no picture, token=s3cr3t-s3cr3t"); process.exit(1)'
    await publishTestService(hub, 'guide', '1.0.0', [{ deviceClass: 'gateway', health, files: { a: '1' } }])
    expect(await settledOrder(hub, (await placeOrder(hub, household, 'add', 'guide')).id)).toMatchObject({
      state: 'failed',
    })
    const line = new CommandLine(hub.dataDirectory)
    const { hub: SUTLER_HUB, token } = hub.connection
    const sutler = (...words: string[]) => line.run(words, { env: { SUTLER_HUB, SUTLER_TOKEN: token! } })
    const asked = await sutler('service', 'logs', 'guide@1.0.0', '--ask')
    expect(asked).toMatchObject({ status: 0 })
    const shown = await until(async () => {
      const { out } = await sutler('service', 'logs', 'guide@1.0.0')
      return out.includes('error=health-check-failed') ? out : null
    })
    expect(shown).toContain('no picture')
    expect(shown).not.toContain('s3cr3t')
  })
})
