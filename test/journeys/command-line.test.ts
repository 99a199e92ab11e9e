import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { WireDevice } from '../support/wire-device.ts'
import { patience } from './household.ts'

const program = new URL('../../packages/cli/src/main.ts', import.meta.url).pathname
let database: TestDatabase
let hub: HubProcess
let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sutler-cli-'))
  database = await testDatabase()
  hub = await startHub({ databaseUrl: database.url })
}, patience)

afterAll(async () => {
  await hub?.stop()
  await database?.close()
  await rm(directory, { recursive: true, force: true })
}, patience)

interface Run {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

/** Runs `sutler` as a person would, logged in by the file of this test unless told otherwise. */
function sutler(words: readonly string[], config = 'config.json'): Promise<Run> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('SUTLER_'))
  const env = { ...Object.fromEntries(own), SUTLER_CONFIG: join(directory, config) }
  const child = spawn(process.execPath, [program, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (text: Buffer) => (out += String(text)))
  child.stderr.on('data', (text: Buffer) => (err += String(text)))
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, out, err })))
}

/** What `--json` printed: the last line. @throws Error with all that was printed when the command failed */
async function json(...words: string[]): Promise<Record<string, unknown>> {
  const { status, out, err } = await sutler([...words, '--json'])
  if (status !== 0) throw new Error(`status ${status}: ${out}${err}`)
  return JSON.parse(out.trim().split('\n').at(-1)!) as Record<string, unknown>
}

async function writeService(version: string): Promise<string> {
  const source = join(directory, `guide-${version}`)
  await mkdir(join(source, 'app'), { recursive: true })
  await writeFile(join(source, 'app', 'index.html'), `<h1>${version}`)
  const components = [{ name: 'app', deviceClass: 'phone', from: 'app' }]
  await writeFile(join(source, 'service.json'), JSON.stringify({ id: 'guide', title: 'Guide', version, components }))
  return source
}

describe('the command line', { timeout: 3 * patience }, () => {
  it('does the main job: log in, household, claim, publish, order, watch until it is proved', async () => {
    const password = join(hub.data, 'operator-password')
    const login = await sutler(['login', '--hub', hub.url, '--password-file', password])
    expect(login).toMatchObject({ status: 0 })
    expect(login.out).toContain('as operator')
    expect((await stat(join(directory, 'config.json'))).mode & 0o777).toBe(0o600)
    expect((await sutler(['whoami'])).out).toContain(`at ${hub.url}`)

    const household = String((await json('household', 'create', 'Miller', '--time-zone', 'Europe/Berlin'))['id'])
    const claim = await sutler(['claim', 'create', '--household', household])
    expect(claim.out).toMatch(/^clm_\S+\n$/)
    const phone = await WireDevice.start(hub.url, claim.out.trim())
    const [device] = (await json('devices', '--household', household)) as unknown as { id: string; class: string }[]
    expect(device).toMatchObject({ id: phone.id, class: 'phone' })

    const published = await json('service', 'publish', await writeService('1.0.0'), '--release')
    expect(published).toMatchObject({ version: '1.0.0', state: 'released', sent: { files: 1 } })
    const order = await json('order', 'add', 'guide', '--household', household, '--reference', 'my own')
    expect(order).toMatchObject({ household, reference: 'my own' })
    const watching = sutler(['watch', '--order', String(order['id']), '--json'])
    const [delivery] = order['deliveries'] as { id: string }[]
    await phone.prove(await phone.wait('offer', delivery!.id))
    expect(await watching).toMatchObject({ status: 0 })
    // An order that was settled before is said to be at once.
    const after = await sutler(['watch', '--order', String(order['id'])])
    expect(after).toMatchObject({ status: 0, err: expect.stringContaining('is completed') })

    const listed = (await json('deliveries', '--order', String(order['id']))) as unknown as { state: string }[]
    expect(listed.map(({ state }) => state)).toEqual(['confirmed'])
    const table = await sutler(['deliveries', '--household', household])
    expect(table.out).toMatch(/^ID +DEVICE +WHAT/)
    expect(table.out).toContain('install guide 1.0.0')

    await json('service', 'publish', await writeService('1.1.0'), '--release')
    const upgrade = await json('order', 'modify', 'guide@1.1.0', '--household', household)
    const refusing = sutler(['watch', '--order', String(upgrade['id'])])
    const [second] = upgrade['deliveries'] as { id: string }[]
    await phone.wait('offer', second!.id)
    await phone.say({ t: 'decline', delivery: second!.id, reason: 'no-space' })
    expect(await refusing).toMatchObject({ status: 1, err: expect.stringContaining('is failed') })
    await phone.disconnect()
  })

  it('ends with 1 and the reason when the hub refuses, as JSON when asked', async () => {
    const words = ['order', 'add', 'nothing', '--household', 'hh-none']
    const [told, asked] = await Promise.all([sutler(words), sutler([...words, '--json'])])
    expect(told).toMatchObject({ status: 1, out: '' })
    expect(told.err).toContain('[unknown-household]')
    expect(asked.status).toBe(1)
    expect(JSON.parse(asked.out)).toMatchObject({
      error: { code: 'unknown-household', places: [{ pointer: '/household' }], remedy: expect.any(String) },
    })
    expect(await sutler(['watch', '--order', 'ord-none'])).toMatchObject({ status: 1 })
  })

  it('ends with 2 or 1 when it was called wrongly, and says how', async () => {
    const [nobody, missing, unknown, unreadable, gone] = await Promise.all([
      sutler(['devices'], 'nobody.json'),
      sutler(['order', 'add', 'guide']),
      sutler(['dance']),
      sutler(['service', 'publish', join(directory, 'nowhere')]),
      sutler(['login', '--hub', 'http://127.0.0.1:1', '--password-file', join(hub.data, 'operator-password')], 'gone.json'),
    ])
    expect(nobody).toMatchObject({ status: 2, err: expect.stringContaining('[not-logged-in]') })
    expect(missing.status).not.toBe(0)
    expect(missing.err).toContain('--household')
    expect(unknown.status).not.toBe(0)
    expect(unreadable).toMatchObject({ status: 2 })
    expect(unreadable.err).toContain('nowhere')
    expect(gone).toMatchObject({ status: 1, err: expect.stringContaining('[unreachable]') })
  })
})
