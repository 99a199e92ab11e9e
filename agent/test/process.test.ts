import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildAgent, bundlePath } from '../build.ts'
import { component } from './components.ts'
import { HubDouble } from './hub-double.ts'
import { inUse, makeDirectory, removeDirectory } from './running-agent.ts'

/** Node 20 where this machine has one besides its own. */
const nodes = [process.execPath, '/usr/local/bin/node', '/usr/bin/node'].filter(
  (path, index) =>
    existsSync(path) && (index === 0 || execFileSync(path, ['--version'], { encoding: 'utf8' }).startsWith('v20.')),
)
const source = fileURLToPath(new URL('../src/main.ts', import.meta.url))

let hub: HubDouble
let directory: string
const running = new Set<ChildProcess>()

beforeAll(async () => {
  await buildAgent()
})

beforeEach(async () => {
  hub = await HubDouble.start()
  directory = makeDirectory()
})

afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  await hub.stop()
  removeDirectory(directory)
})

interface Run {
  readonly child: ChildProcess
  readonly ended: Promise<{ status: number | null; errors: string }>
}

function run(program: string, node: string, ...more: string[]): Run {
  const child = spawn(node, [program, '--hub', hub.url, '--dir', directory, '--claim', hub.claim(), ...more])
  let errors = ''
  running.add(child)
  child.stderr.on('data', (bytes) => (errors += String(bytes)))
  const ended = new Promise<{ status: number | null; errors: string }>((resolve) => {
    child.on('close', (status) => {
      running.delete(child)
      resolve({ status, errors })
    })
  })
  return { child, ended }
}

const hellos = (): number => hub.received.filter(({ t }) => t === 'hello').length
const hello = (count: number): Promise<boolean | undefined> => hub.when(() => hellos() >= count, `${count} hellos`)

describe.each(nodes)('the bundle on %s', (node) => {
  it('does the main job, restarts within its process, and stops cleanly', async () => {
    const { child, ended } = run(bundlePath, node)
    await hello(1)
    const health = { run: ['node', '-e', 'process.exit(0)'], timeoutSeconds: 10 }
    hub.offer(component({ a: '1' }, { health, restart: 'device' }), 'd1', 1)
    expect(await hub.outcome('d1')).toMatchObject({ result: 'installed' })
    expect(hellos()).toBe(2)
    child.kill('SIGTERM')
    expect((await ended).status).toBe(0)
  })
})

describe('the agent as a process', () => {
  it('ends with 75 to be started again, and goes on after it', async () => {
    const first = run(source, process.execPath, '--restart', 'exit')
    await hello(1)
    hub.offer(component({ a: '1' }, { restart: 'device' }), 'd1', 1)
    expect((await first.ended).status).toBe(75)
    const second = run(source, process.execPath, '--restart', 'exit')
    expect(await hub.outcome('d1')).toMatchObject({ result: 'installed' })
    second.child.kill('SIGINT')
    expect((await second.ended).status).toBe(0)
  })

  it('killed in mid-install comes back whole and finishes', async () => {
    const first = run(bundlePath, process.execPath)
    await hello(1)
    let fetched = 0
    hub.fileFault = () => {
      if (++fetched === 8) first.child.kill('SIGKILL')
      return false
    }
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`dir/${n}`, `content ${n}`]))
    hub.offer(component(files), 'd1', 1)
    await first.ended
    expect(inUse(directory)).toBeNull()
    run(bundlePath, process.execPath)
    expect(await hub.outcome('d1')).toMatchObject({ result: 'installed' })
    expect(inUse(directory)).toEqual(files)
  })

  it('refuses a directory in which another works, until that one is gone, however it went', async () => {
    const first = run(bundlePath, process.execPath)
    await hello(1)
    const second = await run(bundlePath, process.execPath).ended
    expect(second.status).toBe(3)
    expect(second.errors).toContain('another agent works in')
    first.child.kill('SIGKILL')
    await first.ended
    run(bundlePath, process.execPath)
    await hello(2)
  })

  it.each([
    [['--claim', 'clm_used'], 'claim-refused'],
    [['--class', 'toaster'], '--class toaster'],
    [['--hub', 'ftp://x'], '--hub ftp://x'],
    [['--serial'], '--serial needs a value'],
    [['--colour', 'red'], '--colour is no option'],
    [['--time-zone', 'Mars/Base'], '--time-zone Mars/Base'],
    [['--restart', 'command'], '--restart-command'],
  ])('started with %j ends with 2 and says why', async (words, reason) => {
    const { status, errors } = await run(bundlePath, process.execPath, ...words).ended
    expect(status).toBe(2)
    expect(errors).toContain(reason)
  })

  it('erases its directory when told to, but not while another works there, and nothing that is not its own', async () => {
    const words = ['--erase']
    const first = run(bundlePath, process.execPath)
    await hello(1)
    hub.offer(component({ a: '1' }), 'd1', 1)
    await hub.outcome('d1')
    expect((await run(bundlePath, process.execPath, ...words).ended).status).toBe(3)
    first.child.kill('SIGTERM')
    await first.ended
    writeFileSync(`${directory}/letter.txt`, 'mine')
    const refused = await run(bundlePath, process.execPath, ...words).ended
    expect(refused).toMatchObject({ status: 2, errors: expect.stringContaining('letter.txt') })
    expect(inUse(directory)).toEqual({ a: '1' })
    rmSync(`${directory}/letter.txt`)
    expect((await run(bundlePath, process.execPath, ...words).ended).status).toBe(0)
    expect(readdirSync(directory)).toEqual([])
    expect((await run(bundlePath, process.execPath, ...words).ended).status).toBe(0)
  })

  it('runs a command to restart the device', async () => {
    const { ended } = run(bundlePath, process.execPath, '--restart', 'command', '--restart-command', 'touch restarted')
    await hello(1)
    hub.offer(component({ a: '1' }, { restart: 'device' }), 'd1', 1)
    expect((await ended).status).toBe(75)
    expect(existsSync(`${directory}/restarted`)).toBe(true)
  })
})
