import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Capabilities, DownMessage, Log, UpMessage } from '@sutler/wire'
import { KeptLog } from '../src/core/log/kept-log.ts'
import type { AgentPlatform } from '../src/core/platform.ts'
import { nodeClock } from '../src/platform/node/clock.ts'
import { programScreen } from '../src/platform/node/screen.ts'
import { component } from './components.ts'
import { HubDouble } from './hub-double.ts'
import { bootAgent, inUse, makeDirectory, removeDirectory } from './running-agent.ts'
import type { RunningAgent, StartOptions } from './running-agent.ts'

let hub: HubDouble
let directory: string
let agent: RunningAgent | null = null

beforeEach(async () => {
  hub = await HubDouble.start()
  directory = makeDirectory()
})

afterEach(async () => {
  await agent?.stop()
  await hub.stop()
  removeDirectory(directory)
})

async function boot(options: StartOptions = {}): Promise<void> {
  agent = await bootAgent(hub, directory, options)
}

/** Its log is kept, as outside of tests. */
const kept = (platform: AgentPlatform): AgentPlatform => {
  const log = new KeptLog(platform.files, nodeClock, platform.log)
  return { ...platform, log, keptLines: log }
}

type WithoutId<Message> = Message extends { readonly id: string } ? Omit<Message, 'id'> : never
type Asked = WithoutId<Extract<DownMessage, { t: 'collect' | 'restart' | 'configure' | 'show' }>>

/** @returns the message's id */
function ask(message: Asked): string {
  const id = hub.outputId()
  hub.send({ id, ...message })
  return id
}

const logOf = (request: string): Promise<Log> =>
  hub.up((message: UpMessage): message is Log => message.t === 'log' && message.request === request)
const reports = (): Capabilities[] => hub.received.filter((message) => message.t === 'capabilities')
const boots = (): string[] => hub.received.flatMap((message) => (message.t === 'hello' ? [message.boot] : []))
const done = (): Promise<boolean> => hub.when(() => hub.quiet, 'an acknowledgement')

describe('the log', () => {
  it('is sent when it is asked for, within the size and the time that were asked for', async () => {
    await boot({ platform: kept })
    ask({ t: 'collect', request: 'log-1', bytes: 10_000 })
    const { lines } = await logOf('log-1')
    expect(lines.join('\n')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z info .*\n?.* info connected device=/s)
    ask({ t: 'collect', request: 'log-2', bytes: 60 })
    expect((await logOf('log-2')).lines.join('\n').length).toBeLessThan(60)
    ask({ t: 'collect', request: 'log-3', bytes: 10_000, since: Math.floor(Date.now() / 1000) + 3600 })
    expect((await logOf('log-3')).lines).toEqual([])
    await done()
  })

  it('goes by the hub’s clock, whatever the device’s own says', async () => {
    hub.clockAhead = 10 * 86_400_000
    await boot({ platform: kept })
    ask({ t: 'collect', request: 'log-1', bytes: 10_000, since: Math.floor(hub.now() / 1000) - 60 })
    expect((await logOf('log-1')).lines).not.toEqual([])
  })

  it('has no secrets, on the disk and on the wire', async () => {
    const secrets = [
      'hunter2hunter2',
      'clm_0123456789abcdefgh',
      'anna@example.org',
      'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln',
    ]
    const chatty = (platform: AgentPlatform): AgentPlatform => {
      const whole = kept(platform)
      const [password, claim, mail, token] = secrets
      whole.log.warn('a program failed', { output: `password=${password}\n${claim} of ${mail}`, token: token! })
      whole.log.warn(`-----BEGIN PRIVATE KEY-----\n${password}\n-----END PRIVATE KEY-----`)
      return whole
    }
    await boot({ platform: chatty })
    ask({ t: 'collect', request: 'log-1', bytes: 100_000 })
    const told = [(await logOf('log-1')).lines.join('\n'), readFileSync(join(directory, 'log'), 'utf8')]
    for (const text of told) {
      expect(text).toContain('a program failed')
      for (const secret of secrets) expect(text).not.toContain(secret)
    }
  })

  it('is asked for again after a restart that came before the hub had it', async () => {
    await boot({ platform: kept })
    hub.acknowledges = false
    ask({ t: 'collect', request: 'log-1', bytes: 10_000 })
    await logOf('log-1')
    expect(hub.quiet).toBe(false)
    await agent!.stop()
    hub.acknowledges = true
    await boot({ platform: kept })
    await hub.when(() => hub.received.filter((message) => message.t === 'log').length === 2, 'the log once more')
    await done()
  })

  it('is asked for only where it is kept', async () => {
    await boot({ platform: (platform) => ({ ...platform, keptLines: null }) })
    await hub.when(() => reports().length > 0)
    expect(reports()[0]!.features).not.toContain('takes-collect')
    ask({ t: 'collect', request: 'log-1', bytes: 10_000 })
    await done()
  })
})

describe('a restart', () => {
  it('is acknowledged by the start after it, and happens once', async () => {
    await boot()
    ask({ t: 'restart', reason: 'asked by the operator' })
    expect(await agent!.ended).toBe('restart')
    expect(hub.quiet).toBe(false)
    await boot()
    await done()
    expect(new Set(boots()).size).toBe(2)
    await boot()
    expect(hub.quiet).toBe(true)
  })

  it('leaves a download where it is, and goes on with it afterwards', async () => {
    await boot()
    const files = { 'bin/guide': 'x'.repeat(50_000) }
    hub.fileFault = () => {
      // It is never answered: the device is in the middle of it.
      ask({ t: 'restart' })
      hub.fileFault = () => false
      return true
    }
    hub.offer(component(files), 'dlv-1', 1)
    expect(await agent!.ended).toBe('restart')
    await boot()
    expect((await hub.outcome('dlv-1')).result).toBe('installed')
    expect(inUse(directory)).toMatchObject(files)
    await done()
  })
})

describe('settings', () => {
  it('are named in the report, set, told in the next one, and kept over a restart', async () => {
    await boot()
    await hub.when(() => reports().length > 0)
    expect(reports()[0]!.settings).toMatchObject({ 'parallel-downloads': { value: 4, least: 1, most: 16 } })
    ask({ t: 'configure', settings: { 'parallel-downloads': 2, 'verify-minutes': 0 } })
    await done()
    const set = { 'parallel-downloads': { value: 2 }, 'verify-minutes': { value: 0 } }
    await hub.when(() => reports().some(({ settings }) => settings?.['parallel-downloads']?.value === 2))
    expect(reports().at(-1)!.settings).toMatchObject(set)
    await agent!.stop()
    await boot()
    ask({ t: 'restart' })
    expect(await agent!.ended).toBe('restart')
    await boot()
    hub.send({ id: hub.outputId(), t: 'query' })
    await done()
    expect(reports().at(-1)!.settings).toMatchObject(set)
  })

  it('that do not fit are refused all together', async () => {
    await boot()
    const before = await hub.when(() => reports()[0])
    ask({ t: 'configure', settings: { 'parallel-downloads': 2, 'keep-alive-seconds': 1 } })
    await done()
    hub.send({ id: hub.outputId(), t: 'query' })
    await hub.when(() => reports().length > 1)
    expect(reports().at(-1)!.settings).toEqual(before.settings)
    expect(agent!.log.find(({ message }) => message === 'settings were refused')?.fields).toEqual({
      reason: 'keep-alive-seconds takes a whole number from 10 to 600',
    })
  })
})

describe('a text for the person at the device', () => {
  const screen = (script: string) => (platform: AgentPlatform) => {
    writeFileSync(join(directory, 'show.mjs'), script)
    return { ...platform, screen: programScreen(platform.processes, ['node', 'show.mjs']) }
  }

  it('is given to the program that shows it, and to nothing that could take it for an option', async () => {
    const script = `import { readFileSync, writeFileSync } from 'node:fs'
      writeFileSync('shown', JSON.stringify([process.argv.slice(2), readFileSync(0, 'utf8')]))`
    await boot({ platform: screen(script) })
    await hub.when(() => reports().some(({ features }) => features.includes('takes-show')))
    ask({ t: 'show', text: '--help; rm -rf "$HOME"\nGood evening' })
    await done()
    const shown: unknown = JSON.parse(readFileSync(join(directory, 'shown'), 'utf8'))
    expect(shown).toEqual([[], '--help; rm -rf "$HOME"\nGood evening'])
  })

  it('that could not be shown is told so', async () => {
    await boot({ platform: screen(`console.error('no display'); process.exit(3)`) })
    ask({ t: 'show', text: 'Good evening' })
    await done()
    expect(agent!.log.find(({ message }) => message === 'a text could not be shown')?.fields).toEqual({
      reason: '--message-command node ends with 3: no display',
    })
  })

  it('is asked for only where there is a screen', async () => {
    await boot()
    await hub.when(() => reports().length > 0)
    expect(reports()[0]!.features).not.toContain('takes-show')
  })
})
