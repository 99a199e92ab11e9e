import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect as connectSocket, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer, type ConnectionOptions, type Server } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { testAuthority } from '../../../../test/support/authority.ts'
import { manualClock } from '../../../../test/support/manual-clock.ts'
import { until } from '../../../../test/support/until.ts'
import { silentLog } from '../log.ts'
import { boundHandshakes } from './handshakes.ts'
import { ServerIdentity } from './server-identity.ts'
import { tlsSettings } from './tls-settings.ts'

const authority = testAuthority()
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => new Promise((resolve) => server.close(resolve)))
  return (server.address() as { port: number }).port
}

/** The error of a handshake, or the certificate that was shown. */
async function handshake(port: number, options: ConnectionOptions = {}): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', ca: authority.root, ...options })
  ends.push(() => socket.destroy())
  try {
    await once(socket, 'secureConnect')
    return socket.getPeerX509Certificate()!.serialNumber
  } catch (error) {
    return String((error as { code?: string }).code)
  }
}

test('what is older than TLS 1.2, and a hub of another authority, is refused', async () => {
  const server = createServer(tlsSettings(authority.server(), authority.root))
  const port = await listening(server)
  expect(await handshake(port)).toMatch(/^[0-9A-F]+$/)
  expect(
    await handshake(port, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
  ).toMatch(/ALERT_PROTOCOL_VERSION|NO_PROTOCOLS|UNSUPPORTED/)
  expect(await handshake(port, { ca: testAuthority('another').root })).toMatch(
    /UNABLE_TO_VERIFY|SELF_SIGNED|UNABLE_TO_GET/,
  )
})

test('handshakes in progress are bounded; those who finish theirs are not counted any more', async () => {
  const server = createServer({ ...tlsSettings(authority.server(), authority.root), handshakeTimeout: 60_000 })
  boundHandshakes(server, { most: 3, mostPerAddress: 1, deadline: 60_000 })
  const port = await listening(server)
  for (let i = 0; i < 10; i++) expect(await handshake(port)).toMatch(/^[0-9A-F]+$/)
  const silent: Socket[] = []
  for (let i = 0; i < 3; i++) {
    const socket = connectSocket(port, '127.0.0.1')
    ends.push(() => socket.destroy())
    silent.push(socket)
    await once(socket, 'connect')
  }
  await until(async () => (await handshake(port)) === 'ECONNRESET')
  silent[0]!.destroy()
  await until(async () => /^[0-9A-F]+$/.test(await handshake(port)))
})

test('a handshake that does not come to an end is cut', async () => {
  const server = createServer({ ...tlsSettings(authority.server(), authority.root), handshakeTimeout: 50 })
  boundHandshakes(server, { most: 3, mostPerAddress: 3, deadline: 50 })
  const port = await listening(server)
  const socket = connectSocket(port, '127.0.0.1')
  ends.push(() => socket.destroy())
  expect(await once(socket, 'close')).toEqual([false])
})

test('the hub’s own certificate is replaced when two thirds of its life are over', async () => {
  const clock = manualClock()
  let made = 0
  const issue = () => ({ key: `key ${++made}`, certificate: 'c', notAfter: clock.now() + 90 * 86_400_000 })
  const identity = new ServerIdentity({ clock, log: silentLog, certificateFile: null, keyFile: null, issue })
  const shown: string[] = []
  identity.onChange(({ key }) => shown.push(key))
  ends.push(() => identity.stop())
  expect((await identity.start()).key).toBe('key 1')
  clock.advance(59 * 86_400_000)
  expect(shown).toEqual([])
  clock.advance(2 * 86_400_000)
  await until(() => {
    clock.advance(5_000)
    return shown.length > 0
  })
  expect(shown).toEqual(['key 2'])
})

test('files are read again when they change; a key that does not fit its certificate is not shown', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'sutler-tls-'))
  ends.push(() => rm(directory, { recursive: true }))
  const [certificateFile, keyFile] = [join(directory, 'cert.pem'), join(directory, 'key.pem')]
  const write = async ({ key, certificate }: { key: string; certificate: string }) => {
    await writeFile(certificateFile, certificate)
    await writeFile(keyFile, key)
  }
  const issue = () => {
    throw new Error('none is needed')
  }
  const clock = manualClock()
  const identity = new ServerIdentity({ clock, log: silentLog, certificateFile, keyFile, issue })
  ends.push(() => identity.stop())
  await expect(identity.start()).rejects.toMatchObject({ code: 'tls-files-unusable' })
  const [first, second] = [authority.server(), authority.server()]
  await write(first)
  expect(await identity.start()).toEqual(first)
  const shown: unknown[] = []
  identity.onChange((now) => shown.push(now))
  await writeFile(keyFile, second.key)
  clock.advance(5_000)
  await write(second)
  await until(() => {
    clock.advance(5_000)
    return shown.length > 0
  })
  expect(shown).toEqual([second])
  const half = new ServerIdentity({ clock, log: silentLog, certificateFile, keyFile: null, issue })
  await expect(half.start()).rejects.toMatchObject({ code: 'tls-files-unusable' })
})
