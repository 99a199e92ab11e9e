import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { until } from '../../../test/support/until.ts'
import { systemClock as clock } from '../platform/clock.ts'
import { connectLocally } from '../platform/local-socket.ts'
import { silentLog as log } from '../platform/log.ts'
import { SignerClient, type SignerLine } from './client.ts'
import { childLine, socketLine } from './lines.ts'

const program = new URL('main.ts', import.meta.url).pathname

async function place(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'sutler-signer-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

function clientOf(open: () => SignerLine): SignerClient {
  const client = new SignerClient({ open, clock, log })
  onTestFinished(() => client.close())
  return client
}

it('is a process of its own that the hub starts, and starts again when it dies', { timeout: 60_000 }, async () => {
  const directory = await place()
  let line: SignerLine | undefined
  const client = clientOf(() => (line = childLine(directory)))
  const before = await client.publicKeys()
  expect(before.map(({ role }) => role).toSorted()).toEqual(['director', 'snapshot', 'timestamp'])
  line!.end()
  const after = await until(async () => client.publicKeys().catch(() => null), { deadline: 30_000 })
  expect(after).toEqual(before)
})

it('answers refusals with their reason', { timeout: 60_000 }, async () => {
  const directory = await place()
  const client = clientOf(() => childLine(directory))
  const request = { role: 'root', key: 'a'.repeat(64), fields: {} } as never
  await expect(client.sign(request)).rejects.toMatchObject({ code: 'signer-refused', reason: 'bad-request' })
})

it(
  'can run by itself, for hubs that find it by a socket which only its user can reach',
  { timeout: 60_000 },
  async () => {
    const directory = await place()
    const socket = join(directory, 'socket')
    const child = spawn(process.execPath, [program, join(directory, 'keys'), socket], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    onTestFinished(() => void child.kill())
    await new Promise((resolve) => child.stderr.once('data', resolve))
    const [one, other] = [clientOf(() => socketLine(socket)), clientOf(() => socketLine(socket))]
    expect(await one.publicKeys()).toEqual(await other.publicKeys())
  },
)

it('is not there: what needs a signature fails with a reason, in time', { timeout: 60_000 }, async () => {
  const directory = await place()
  const client = clientOf(() => socketLine(join(directory, 'nothing')))
  await expect(client.publicKeys()).rejects.toMatchObject({ code: 'signer-unavailable' })
})

it(
  'ends the connection of whoever sends too much or no JSON, and goes on serving others',
  { timeout: 60_000 },
  async () => {
    const directory = await place()
    const socket = join(directory, 'socket')
    const child = spawn(process.execPath, [program, join(directory, 'keys'), socket], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    onTestFinished(() => void child.kill())
    await new Promise((resolve) => child.stderr.once('data', resolve))
    for (const sent of [Buffer.alloc(6 * 1024 * 1024, 'a'), Buffer.from('{"id":\n')]) {
      const stream = connectLocally(socket)
      const closed = new Promise((resolve) => stream.once('close', resolve))
      stream.resume()
      stream.write(sent)
      await closed
    }
    expect(await clientOf(() => socketLine(socket)).publicKeys()).toHaveLength(3)
    expect(await readFile(join(directory, 'keys', 'keys.json'), 'utf8')).toContain('timestamp')
  },
)
