import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeKeyFile } from '@sutler/trust/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answer } from '@sutler/client'
import { CommandLine, type Run } from '../support/command-line.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { firstOperator } from '../support/first-operator.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { WireDevice } from '../support/wire-device.ts'
import { patience, sha256 } from './household.ts'

let database: TestDatabase
let hub: HubProcess
let directory: string
/** File of the first operator's password. */
let password: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sutler-cli-'))
  password = join(directory, 'password')
  await writeFile(password, firstOperator.password)
  database = await testDatabase()
  hub = await startHub({ databaseUrl: database.url })
  await writeFile(join(directory, 'developer.key'), writeKeyFile(hub.trust!.developer, null))
}, patience)

afterAll(async () => {
  await hub?.stop()
  await database?.close()
  await rm(directory, { recursive: true, force: true })
}, patience)

/** As a person would, logged in by the file of this test unless told otherwise. */
function sutler(words: readonly string[], config = 'config.json'): Promise<Run> {
  return new CommandLine(directory).run(words, { config })
}

function json(...words: string[]): Promise<Record<string, unknown>> {
  return new CommandLine(directory).json(...words)
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
    const login = await sutler(['login', '--hub', hub.secure.url, '--ca', hub.secure.ca, '--password-file', password])
    expect(login).toMatchObject({ status: 0 })
    expect(login.out).toContain('as operator')
    expect((await stat(join(directory, 'config.json'))).mode & 0o777).toBe(0o600)
    const [who, made, source] = await Promise.all([
      sutler(['whoami']),
      json('household', 'create', 'Miller', '--time-zone', 'Europe/Berlin'),
      writeService('1.0.0'),
    ])
    expect(who.out).toContain(`at ${hub.secure.url}`)
    const household = String(made['id'])
    const claim = await sutler(['claim', 'create', '--household', household])
    expect(claim.out).toMatch(/^clm_\S+\n$/)
    const phone = await WireDevice.start(hub, claim.out.trim())
    const [devices, published] = await Promise.all([
      json('devices', '--household', household),
      json('service', 'publish', source, '--key', 'developer.key', '--release'),
    ])
    expect(devices).toMatchObject([{ id: phone.id, class: 'phone' }])
    expect(published).toMatchObject({ version: '1.0.0', state: 'released', sent: { files: 1 } })
    const order = await json('order', 'add', 'guide', '--household', household, '--reference', 'my own')
    expect(order).toMatchObject({ household, reference: 'my own' })
    const watching = sutler(['watch', '--order', String(order['id']), '--json'])
    const [delivery] = order['deliveries'] as { id: string }[]
    await phone.prove(await phone.wait('offer', delivery!.id))
    expect(await watching).toMatchObject({ status: 0 })
    const upgraded = await writeService('1.1.0')
    const [after, listed, table] = await Promise.all([
      sutler(['watch', '--order', String(order['id'])]),
      json('deliveries', '--order', String(order['id'])),
      sutler(['deliveries', '--household', household]),
      json('service', 'publish', upgraded, '--key', 'developer.key', '--release'),
    ])
    // An order that was settled before is said to be at once.
    expect(after).toMatchObject({ status: 0, err: expect.stringContaining('is completed') })
    expect(listed).toMatchObject([{ state: 'confirmed' }])
    expect(table.out).toMatch(/^ID +DEVICE +WHAT/)
    expect(table.out).toContain('install guide 1.0.0')

    const upgrade = await json('order', 'modify', 'guide@1.1.0', '--household', household)
    const refusing = sutler(['watch', '--order', String(upgrade['id'])])
    const [second] = upgrade['deliveries'] as { id: string }[]
    await phone.wait('offer', second!.id)
    await phone.say({ t: 'decline', delivery: second!.id, reason: 'no-space' })
    expect(await refusing).toMatchObject({ status: 1, err: expect.stringContaining('is failed') })
    await phone.disconnect()
  })

  it('finds no setup link any more once there is an operator', async () => {
    await expect(stat(join(hub.data, 'setup-link'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('makes an account by a link that an operator sent, and by this link only one', async () => {
    const body = { roles: ['developer' as const] }
    const { link } = answer(await hub.api.POST('/api/v1/invitations', { body }))
    const words = ['setup', link, '--name', 'dora', '--password-file', '-']
    const run = new CommandLine(directory)
    const made = await run.run(words, { config: 'dora.json', input: 'three unrelated words\n' })
    expect(made).toMatchObject({ status: 0, out: expect.stringContaining('as dora (developer)') })
    expect((await sutler(['whoami'], 'dora.json')).out).toContain('dora')
    const again = await run.run(words, { config: 'again.json', input: 'three unrelated words\n' })
    expect(again).toMatchObject({ status: 1, err: expect.stringContaining('[invitation-refused]') })
    const wrong = await sutler(['setup', 'inv_x', '--name', 'dora', '--password-file', password])
    expect(wrong).toMatchObject({ status: 2, err: expect.stringContaining('[link-invalid]') })
  })

  it('adds, lists and removes an identity provider', async () => {
    const words = [
      'identity-provider',
      'add',
      '--name',
      'Example',
      '--issuer',
      'https://id.example',
      '--client-id',
      'x',
    ]
    const made = await json(...words, '--role-claim', 'groups', '--role', 'a=b=operator')
    expect(made).toMatchObject({ roleMapping: { claim: 'groups', roles: { 'a=b': 'operator' } } })
    expect((await sutler(['identity-provider', 'list'])).out).toContain('https://id.example')
    expect(await sutler([...words, '--role', 'a=operator'])).toMatchObject({ status: 2 })
    expect((await sutler(['identity-provider', 'remove', String(made['id'])])).status).toBe(0)
    expect((await sutler(['identity-provider', 'list'])).out).toContain('nothing yet')
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

  it('ends when the hub goes away in the middle of an upload', async () => {
    // As the hub answers, until it is gone.
    const dying = createServer((request, response) => {
      if (request.method === 'PUT') return void request.once('data', () => request.socket.destroy())
      request.resume().on('end', () => {
        const missing = request.method === 'POST' ? { missing: digests } : {}
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(missing))
      })
    })
    await new Promise<void>((resolve) => dying.listen(0, '127.0.0.1', resolve))
    const source = await writeService('9.0.0')
    const names = Array.from({ length: 20 }, (_, n) => `large${n}`)
    const digests = await Promise.all(
      names.map(async (name, n) => {
        const content = Buffer.alloc(3_000_000, n)
        await writeFile(join(source, 'app', name), content)
        return sha256(content)
      }),
    )
    const hubUrl = `http://127.0.0.1:${(dying.address() as AddressInfo).port}`
    await writeFile(join(directory, 'dying.json'), JSON.stringify({ hub: hubUrl, token: 'sut_any' }))
    const run = await sutler(['service', 'publish', source, '--wait', '2s'], 'dying.json')
    expect(run).toMatchObject({ status: 1, err: expect.stringContaining('[unreachable]') })
    dying.closeAllConnections()
    await new Promise((resolve) => dying.close(resolve))
  })

  it('ends with 2 or 1 when it was called wrongly, and says how', async () => {
    const [nobody, missing, unknown, unreadable, gone] = await Promise.all([
      sutler(['devices'], 'nobody.json'),
      sutler(['order', 'add', 'guide']),
      sutler(['dance']),
      sutler(['service', 'publish', join(directory, 'nowhere')]),
      sutler(['login', '--hub', 'http://127.0.0.1:1', '--password-file', password], 'gone.json'),
    ])
    expect(nobody).toMatchObject({ status: 2, err: expect.stringContaining('[not-logged-in]') })
    expect(missing.status).not.toBe(0)
    expect(missing.err).toContain('--household')
    expect(unknown).toMatchObject({ status: 2, err: expect.stringContaining('[usage]') })
    expect(unreadable).toMatchObject({ status: 2 })
    expect(unreadable.err).toContain('nowhere')
    expect(gone).toMatchObject({ status: 1, err: expect.stringContaining('[unreachable]') })
  })
})
