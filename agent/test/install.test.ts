import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { digestHex } from '@sutler/wire'
import type { Outcome } from '@sutler/wire'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { component } from './components.ts'
import { HubDouble } from './hub-double.ts'
import { everything, inUse, makeDirectory, removeDirectory, startAgent } from './running-agent.ts'
import type { RunningAgent } from './running-agent.ts'

let hub: HubDouble
let directory: string
let agent: RunningAgent

beforeEach(async () => {
  hub = await HubDouble.start()
  directory = makeDirectory()
  agent = startAgent(hub, directory)
  await hub.when(() => hub.received.some(({ t }) => t === 'capabilities'), 'capabilities')
})

afterEach(async () => {
  await agent.stop()
  await hub.stop()
  removeDirectory(directory)
})

const hexOf = (outcome: Outcome): (string | null)[] => outcome.digests.map((digest) => digest && digestHex(digest))

describe('installing', () => {
  it('enrols once, keeps its key to itself, and introduces itself', async () => {
    const [hello, capabilities] = hub.received
    expect(hello).toMatchObject({ t: 'hello', versions: [1], agent: 'sutler-agent test' })
    expect(capabilities).toMatchObject({ class: 'set-top-box', tz: 'Europe/Berlin', installed: [] })
    expect(statSync(join(directory, 'identity')).mode & 0o777).toBe(0o600)
    await agent.stop()
    agent = startAgent(hub, directory, { claim: 'clm_wrong' })
    await hub.when(() => hub.received.filter(({ t }) => t === 'hello').length === 2)
    expect(hub.keys.size).toBe(1)
  })

  it('accepts, installs and proves what is in place', async () => {
    const first = component({
      'index.html': '<p>guide</p>',
      'js/app.js': 'run()',
      'bin/check.sh': '#!/bin/sh\nexit 0',
      empty: '',
    })
    hub.offer(first, 'd1', 1)
    const outcome = await hub.outcome('d1')
    expect(outcome).toMatchObject({ result: 'installed', health: { ok: true } })
    expect(hexOf(outcome)).toEqual(first.manifest.files.map(({ digest }) => digest))
    expect(inUse(directory)).toEqual({
      'index.html': '<p>guide</p>',
      'js/app.js': 'run()',
      'bin/check.sh': '#!/bin/sh\nexit 0',
      empty: '',
    })
    expect(statSync(join(directory, 'services/tv-guide/current/bin/check.sh')).mode & 0o777).toBe(0o755)
    expect(hub.received.map(({ t }) => t)).toContain('accept')
  })

  it('fetches only files whose content is not on the device', async () => {
    hub.offer(component({ a: 'same', b: 'old', 'c/d': 'moved' }), 'd1', 1)
    await hub.outcome('d1')
    const second = component({ a: 'same', b: 'new', 'e/f': 'moved', g: 'new' }, { version: '2.0.0' })
    hub.requests.length = 0
    hub.offer(second, 'd2', 2)
    expect(await hub.outcome('d2')).toMatchObject({ result: 'installed' })
    const changed = second.manifest.files.find(({ path }) => path === 'b')!.digest
    expect(hub.requests.map(({ digest }) => digest)).toEqual([second.manifestDigest, changed])
    expect(inUse(directory)).toEqual({ a: 'same', b: 'new', 'e/f': 'moved', g: 'new' })
  })

  it('keeps nothing of the old version once the new one is committed', async () => {
    hub.offer(component({ a: '1' }), 'd1', 1)
    await hub.outcome('d1')
    hub.offer(component({ a: '2' }, { version: '2.0.0' }), 'd2', 2)
    await hub.outcome('d2')
    await hub.when(
      () =>
        everything(directory).filter((path) => /^services.*\.json$/.test(path)).length === 1 &&
        !existsSync(join(directory, 'staging/tv-guide')),
      'pruning',
    )
    expect(everything(directory).filter((path) => path.includes('versions/') && path.endsWith('/a'))).toHaveLength(1)
  })

  it('reports what is installed after the installation and when asked', async () => {
    const first = component({ a: '1' })
    hub.offer(first, 'd1', 7)
    await hub.outcome('d1')
    const report = await hub.when(() =>
      hub.received.findLast((m) => m.t === 'capabilities' && m.installed.length === 1),
    )
    expect(report).toMatchObject({ installed: [{ service: 'tv-guide', version: '1.0.0', component: 'app', epoch: 7 }] })
    const before = hub.received.length
    hub.send({ id: hub.outputId(), t: 'query' })
    const again = await hub.when(() => hub.received.slice(before).find((m) => m.t === 'capabilities'))
    expect(again).toMatchObject({ installed: [{ epoch: 7 }] })
  })

  it('removes a service and says so', async () => {
    hub.offer(component({ a: '1' }), 'd1', 1)
    await hub.outcome('d1')
    hub.send({ id: hub.outputId(), t: 'remove', delivery: 'd2', epoch: 2, service: 'tv-guide' })
    expect(await hub.outcome('d2')).toMatchObject({ result: 'removed', digests: [] })
    await hub.when(() => everything(directory).every((path) => !path.includes('tv-guide')))
  })
})

describe('the health check', () => {
  const health = (code: string): { run: string[]; timeoutSeconds: number } => ({
    run: ['node', '-e', code],
    timeoutSeconds: 5,
  })

  it('runs in the component with the runtime of the agent', async () => {
    const check = health("process.exit(require('fs').readFileSync('a','utf8') === '1' ? 0 : 1)")
    hub.offer(component({ a: '1' }, { health: check }), 'd1', 1)
    expect(await hub.outcome('d1')).toMatchObject({ result: 'installed', health: { ok: true } })
  })

  it('that fails brings the old version back, and its digests are reported', async () => {
    const first = component({ a: '1' })
    hub.offer(first, 'd1', 1)
    await hub.outcome('d1')
    const bad = component(
      { a: '2', b: '3' },
      { version: '2.0.0', health: health("console.log('broken'); process.exit(3)") },
    )
    hub.offer(bad, 'd2', 2)
    const outcome = await hub.outcome('d2')
    expect(outcome).toMatchObject({ result: 'rolled-back', health: { ok: false }, error: 'health-check-failed' })
    expect(outcome.health.detail).toContain('broken')
    expect(hexOf(outcome)).toEqual([first.manifest.files[0]!.digest, null])
    expect(inUse(directory)).toEqual({ a: '1' })
  })

  it('that fails with nothing to go back to leaves nothing in use', async () => {
    hub.offer(component({ a: '1' }, { health: health('process.exit(1)') }), 'd1', 1)
    expect(await hub.outcome('d1')).toMatchObject({ result: 'failed', error: 'health-check-failed', digests: [null] })
    expect(inUse(directory)).toBeNull()
  })

  it('that never ends is ended', async () => {
    const endless = { run: ['node', '-e', 'setInterval(() => {}, 1000)'], timeoutSeconds: 1 }
    hub.offer(component({ a: '1' }, { health: endless }), 'd1', 1)
    const outcome = await hub.outcome('d1')
    expect(outcome.health.detail).toContain('no end within 1 s')
  })

  it('may change files of the new version without harm to the old one', async () => {
    hub.offer(component({ a: 'same' }), 'd1', 1)
    await hub.outcome('d1')
    const vandal = health("require('fs').writeFileSync('a', 'vandalised')")
    hub.offer(component({ a: 'same', b: '2' }, { version: '2.0.0', health: vandal }), 'd2', 2)
    expect(await hub.outcome('d2')).toMatchObject({ result: 'rolled-back', error: 'digest-mismatch' })
    expect(inUse(directory)).toEqual({ a: 'same' })
  })
})

describe('a restart of the device', () => {
  it('comes between activation and check, and the outcome after it', async () => {
    hub.offer(component({ a: '1' }, { restart: 'device' }), 'd1', 1)
    expect(await agent.ended).toBe('restart')
    expect(inUse(directory)).toEqual({ a: '1' })
    expect(hub.received.some(({ t }) => t === 'outcome')).toBe(false)
    agent = startAgent(hub, directory)
    expect(await hub.outcome('d1')).toMatchObject({ result: 'installed' })
    const boots = hub.received.flatMap((m) => (m.t === 'hello' ? [m.boot] : []))
    expect(new Set(boots).size).toBe(2)
  })

  it('happens once more when the check fails after it', async () => {
    hub.offer(component({ a: '1' }, { restart: 'device' }), 'd1', 1)
    await agent.ended
    agent = startAgent(hub, directory)
    await hub.outcome('d1')
    const check = { run: ['node', '-e', 'process.exit(1)'], timeoutSeconds: 5 }
    hub.offer(component({ a: '2' }, { version: '2.0.0', restart: 'device', health: check }), 'd2', 2)
    await agent.ended
    agent = startAgent(hub, directory)
    expect(await agent.ended).toBe('restart')
    agent = startAgent(hub, directory)
    expect(await hub.outcome('d2')).toMatchObject({ result: 'rolled-back' })
    expect(inUse(directory)).toEqual({ a: '1' })
  })
})
