import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Updater } from 'tuf-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandLineForThisFile } from '../support/command-line.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { TokenFetcher } from '../support/token-fetcher.ts'
import { patience, sha256 } from './household.ts'

let database: TestDatabase
let hub: HubProcess
const sutler = commandLineForThisFile()

beforeAll(async () => {
  database = await testDatabase()
  hub = await startHub({ databaseUrl: database.url, withoutTrust: true })
  await sutler.saveLogin({ hub: hub.url, token: hub.connection.token })
  await writeFile(sutler.path('passphrase'), 'correct horse battery\n')
  const app = sutler.path('guide', 'app')
  await mkdir(app, { recursive: true })
  await writeFile(join(app, 'index.html'), '<h1>guide')
  const components = [{ name: 'app', deviceClass: 'phone', from: 'app' }]
  await writeFile(
    sutler.path('guide', 'service.json'),
    JSON.stringify({ id: 'guide', title: 'Guide', version: '1.0.0', components }),
  )
}, patience)

afterAll(async () => {
  await hub?.stop()
  await database?.close()
}, patience)

/** @throws Error with what was printed unless the command ends well */
async function does(...words: string[]): Promise<string> {
  const { status, out, err } = await sutler.run(words)
  if (status !== 0) throw new Error(`${words.join(' ')}: status ${status}: ${out}${err}`)
  return out
}

async function refuses(...words: string[]): Promise<string> {
  const { status, err } = await sutler.run(words)
  expect(status).not.toBe(0)
  return err
}

const withPassphrase = ['--passphrase-file', 'passphrase']

describe('the ceremony', { timeout: 4 * patience }, () => {
  it('makes keys in files that only their owner reads, sealed with a passphrase, and never overwrites one', async () => {
    await does('key', 'generate', '--out', 'root-1.key', ...withPassphrase)
    await does('key', 'generate', '--out', 'root-2.key', '--type', 'p256', '--unencrypted')
    await does('key', 'generate', '--out', 'targets.key', ...withPassphrase)
    await does('key', 'generate', '--out', 'developer.key', '--unencrypted')
    expect((await stat(sutler.path('root-1.key'))).mode & 0o777).toBe(0o600)
    expect(await readFile(sutler.path('root-1.key'), 'utf8')).not.toContain('pkcs8')
    expect(await refuses('key', 'generate', '--out', 'root-1.key', '--unencrypted')).toContain('[key-exists]')
    expect(await refuses('key', 'generate', '--out', 'new.key')).toContain('[no-terminal]')
    for (const name of ['root-2', 'developer'])
      await writeFile(sutler.path(`${name}.pub`), await does('key', 'show', `${name}.key`))
    expect(await readFile(sutler.path('developer.pub'), 'utf8')).not.toContain('pkcs8')
  })

  it('begins with holders who sign one after the other, each on a machine of their own', async () => {
    expect(await does('trust', 'status')).toContain('no root of trust yet')
    const init = ['trust', 'init', '--root-key', 'root-1.key', '--root-key', 'root-2.pub', '--threshold', '2']
    const all = [...init, '--targets-key', 'targets.key', ...withPassphrase]
    expect(await refuses(...all)).toContain('[below-threshold]')
    expect(await does(...all, '--out', 'first')).toContain('root lacks 1 more')
    expect(await refuses('trust', 'submit', 'first.root.json', 'first.targets.json')).toContain('below-threshold')
    await does('trust', 'sign', 'first.root.json', '--key', 'root-2.key')
    await does('trust', 'submit', 'first.root.json', 'first.targets.json')
    expect(await does('trust', 'status')).toMatch(/root +1 .*2 of 2/)
    expect(await refuses('trust', 'sign', 'first.root.json', '--key', 'root-1.key')).toContain('[passphrase-needed]')
    await writeFile(sutler.path('wrong'), 'another passphrase')
    expect(
      await refuses('trust', 'sign', 'first.root.json', '--key', 'root-1.key', '--passphrase-file', 'wrong'),
    ).toContain('[key-unreadable]')
  })

  it('delegates to a developer, who alone can have a version released', async () => {
    expect(await refuses('service', 'publish', 'guide', '--release')).toContain('[not-signed]')
    expect(await refuses('service', 'publish', 'guide', '--key', 'developer.key')).toContain('[not-delegated]')
    const delegate = ['trust', 'delegate', 'acme', '--key', 'developer.pub', '--services', 'gui*,news']
    await does(...delegate, '--targets-key', 'targets.key', ...withPassphrase)
    await does('service', 'sign', 'guide', '--key', 'developer.key')
    expect(await does('service', 'publish', 'guide', '--key', 'developer.key', '--release')).toContain(
      'is released, signed',
    )
    expect(await does('trust', 'status')).toMatch(/acme +2 .*gui\*\/\*\/\* news\/\*\/\*/)
  })
})

describe('tuf-js, which knows nothing of this platform,', { timeout: 4 * patience }, () => {
  const content = '<h1>guide'
  const path = 'guide/1.0.0/app.manifest'
  const updater = (more: object = {}) =>
    new Updater({
      metadataBaseUrl: `${hub.url}/tuf`,
      targetBaseUrl: `${hub.url}/tuf/targets`,
      metadataDir: sutler.path('tuf-metadata'),
      targetDir: sutler.path('tuf-targets'),
      ...more,
    })

  async function read(): Promise<string> {
    const client = updater()
    await client.refresh()
    const found = await client.getTargetInfo(path)
    if (!found) return 'not found'
    const downloads = updater({ fetcher: new TokenFetcher(hub.connection.token!) })
    return readFile(await downloads.downloadTarget(found, sutler.path('tuf-targets', `app-${Math.random()}`)), 'utf8')
  }

  it('reads the repository of the hub: delegation, consistent snapshots, target', async () => {
    for (const name of ['tuf-metadata', 'tuf-targets']) await mkdir(sutler.path(name))
    await does('trust', 'root', '--out', 'tuf-metadata/root.json')
    expect(JSON.parse(await read())).toMatchObject({
      service: 'guide',
      files: [{ path: 'index.html', digest: sha256(content) }],
    })
  })

  it.each(['timestamp', 'snapshot', 'director'])('follows a rotation of %s', async (role) => {
    const rotate = ['trust', 'rotate', '--role', role, '--root-key', 'root-1.key', '--root-key', 'root-2.key']
    await does(...rotate, ...withPassphrase)
    expect(await read()).toContain('guide')
  })

  it('follows a rotation of targets and of root, and a renewal', async () => {
    const roots = ['--root-key', 'root-1.key', '--root-key', 'root-2.key', ...withPassphrase]
    await does('key', 'generate', '--out', 'targets-2.key', '--unencrypted')
    const old = JSON.parse(await does('key', 'show', 'targets.key', '--json')) as { keyid: string }
    const rotate = ['trust', 'rotate', '--role', 'targets', '--add', 'targets-2.key', '--remove', old.keyid]
    expect(await refuses(...rotate, ...roots)).toContain('[option-invalid]')
    await does(...rotate, '--targets-key', 'targets-2.key', ...roots)
    expect(await read()).toContain('guide')

    await does('key', 'generate', '--out', 'root-3.key', '--unencrypted')
    const lost = JSON.parse(await does('key', 'show', 'root-2.key', '--json')) as { keyid: string }
    const root = ['trust', 'rotate', '--role', 'root', '--add', 'root-3.key', '--remove', lost.keyid.slice(0, 12)]
    expect(await refuses(...root, '--root-key', 'root-1.key', '--root-key', 'root-3.key', ...withPassphrase)).toContain(
      '[below-threshold]',
    )
    await does(...root, '--root-key', 'root-3.key', ...roots)
    await does(
      'trust',
      'renew',
      'root',
      '--key',
      'root-1.key',
      '--key',
      'root-3.key',
      '--days',
      '400',
      ...withPassphrase,
    )
    await does('trust', 'renew', 'targets', '--key', 'targets-2.key')
    await does('trust', 'renew', 'acme', '--key', 'developer.key')
    expect(await read()).toContain('guide')
    expect(await does('trust', 'status')).toMatch(/root +7 /)
  })

  it('is joined by sutler verify, which says what a device would', async () => {
    await does('trust', 'root', '--out', 'root.json')
    expect(await does('verify', 'guide', '--root', 'root.json')).toMatch(/app +signed by acme/)
    expect(await does('verify', '--service', 'guide@1.0.0', '--root', 'root.json')).toContain('signed by acme')
    await writeFile(sutler.path('guide', 'app', 'index.html'), '<h1>other')
    const refused = await sutler.run(['verify', 'guide', '--root', 'root.json'])
    expect(refused).toMatchObject({ status: 1, out: expect.stringContaining('digest-differs') })
    await writeFile(sutler.path('forged.json'), (await readFile(sutler.path('root.json'), 'utf8')).replace('2', '3'))
    const forged = await sutler.run(['verify', 'guide', '--root', 'forged.json'])
    expect(forged).toMatchObject({
      status: 1,
      out: expect.stringMatching(/refuses: (below-threshold|key-id-mismatch)/),
    })
  })

  it('finds nothing of a developer whose delegation was revoked, and nothing can be ordered of theirs', async () => {
    await does('trust', 'revoke-delegation', 'acme', '--targets-key', 'targets-2.key')
    expect(await read()).toBe('not found')
    const made = JSON.parse(await does('household', 'create', 'Miller', '--json')) as { id: string }
    expect(await refuses('order', 'add', 'guide', '--household', made.id)).toContain('[not-signed]')
  })
})

describe('the repository', { timeout: patience }, () => {
  const get = (path: string, init: RequestInit = {}) => fetch(`${hub.url}${path}`, init)

  it('answers with strong entity tags and no content coding, and only what it has', async () => {
    const first = await get('/tuf/timestamp.json', { headers: { 'accept-encoding': 'gzip, br, zstd' } })
    expect(first.status).toBe(200)
    expect(first.headers.get('content-encoding')).toBeNull()
    const etag = first.headers.get('etag')!
    expect((await get('/tuf/timestamp.json', { headers: { 'if-none-match': etag } })).status).toBe(304)
    for (const path of ['1.root.json', '7.root.json']) expect((await get(`/tuf/${path}`)).status).toBe(200)
    for (const path of ['8.root.json', '0.root.json', 'root.json', '1.timestamp.json', '%2e%2e/x', '1.nobody.json', ''])
      expect((await get(`/tuf/${path}`)).status).toBe(404)
    expect((await get('/tuf/timestamp.json', { method: 'POST' })).status).toBe(405)
  })

  it('gives file lists only to whoever may see the service', async () => {
    const name = `/tuf/targets/guide/1.0.0/${'a'.repeat(64)}.app.manifest`
    expect((await get(name)).status).toBe(401)
    const headers = { authorization: `Bearer ${hub.connection.token}` }
    expect((await get(name, { headers })).status).toBe(404)
  })
})
