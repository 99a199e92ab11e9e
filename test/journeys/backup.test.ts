import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { followEvents, type StreamedEvent } from '@sutler/client'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { CommandLine } from '../support/command-line.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { until } from '../support/until.ts'
import {
  filesInUse,
  patience,
  placeOrder,
  published,
  publishTestService,
  setUpHousehold,
  settledOrder,
  untilOrder,
  type Household,
  type TestComponent,
} from './household.ts'

let folder: string
let hub: HubProcess
let home: Household
let commands: CommandLine

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sutler-backup-'))
  commands = new CommandLine(folder)
  hub = await startHub()
  home = await setUpHousehold(hub, ['set-top-box', 'phone'])
}, 2 * patience)

afterAll(async () => {
  await home?.stop()
  await hub?.stop()
  await rm(folder, { recursive: true, force: true })
}, patience)

const films: TestComponent[] = [
  { deviceClass: 'set-top-box', files: { 'films.json': 'on the box' } },
  { deviceClass: 'phone', files: { 'films.json': 'on the phone' } },
]

async function sutler(words: readonly string[], data: string): Promise<Record<string, unknown>> {
  const { status, out, err } = await commands.run([...words, '--json'], { env: { SUTLER_DATA: data } })
  if (status !== 0) throw new Error(`status ${status}: ${out}${err}`)
  return JSON.parse(out.trim().split('\n').at(-1)!) as Record<string, unknown>
}

/** Filled while the test runs. */
async function eventsFromNow(): Promise<readonly StreamedEvent[]> {
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const events: StreamedEvent[] = []
  const open = Promise.withResolvers<void>()
  const read = async (): Promise<void> => {
    for await (const event of followEvents(hub.connection, { signal: stop.signal, opened: () => open.resolve() }))
      events.push(event)
  }
  read().catch(open.reject)
  await open.promise
  return events
}

it(
  'a hub that is lost goes on elsewhere from its backup: devices come back, the order under way completes, and nothing that is published later looks old to them',
  { timeout: 6 * patience },
  async () => {
    await publishTestService(hub, 'films', '1.0.0', films)
    await home.agents.get('phone')!.kill()
    const order = await placeOrder(hub, home.id, 'add', 'films')
    const onBox = ({ state, device }: { state: string; device: string }) =>
      device === home.devices.get('set-top-box') && state === 'confirmed'
    await untilOrder(hub, order.id, ({ deliveries }) => deliveries.some(onBox))

    const backups = join(folder, 'backups')
    await mkdir(backups)
    const { recipient } = await sutler(['backup', 'key', '--out', join(folder, 'backup.key')], hub.data)
    const made = await sutler(['backup', 'create', backups, '--recipient', String(recipient)], hub.data)
    expect(made).toMatchObject({ lacking: [], blobs: { count: expect.any(Number) as number } })
    const [file] = await readdir(backups)
    expect(made['file']).toBe(join(backups, file!))
    // The box sees metadata that the backup does not have.
    await publishTestService(hub, 'late', '1.0.0', [{ deviceClass: 'set-top-box', files: { 'late.json': '1' } }])
    expect((await settledOrder(hub, (await placeOrder(hub, home.id, 'add', 'late')).id)).state).toBe('completed')

    await hub.kill()
    // On another machine: an empty directory, and a PostgreSQL that has given out other transaction ids.
    const restored = join(folder, 'restored')
    const opened = ['restore', join(backups, file!), '--key', join(folder, 'backup.key')]
    expect(await sutler(opened, restored)).toMatchObject({ madeAt: made['madeAt'], rows: made['rows'], applied: [] })
    await hub.restart({ SUTLER_DATA: restored })

    const events = await eventsFromNow()
    home.agents.get('phone')!.start()
    const settled = await settledOrder(hub, order.id)
    expect(settled).toMatchObject({ state: 'completed' })
    const heard = () => events.some(({ type, subject }) => type === 'order.completed' && subject === order.id)
    await until(heard, { deadline: patience, what: 'the event' })
    expect(await filesInUse(home.agents.get('phone')!.directory, 'films')).toEqual(published(films[1]!))

    await publishTestService(hub, 'news', '1.0.0', [{ deviceClass: 'set-top-box', files: { 'news.json': '1' } }])
    expect((await settledOrder(hub, (await placeOrder(hub, home.id, 'add', 'news')).id)).state).toBe('completed')
    const audit = await commands.run(['audit', 'verify'], {
      env: { SUTLER_HUB: hub.url, SUTLER_TOKEN: String(hub.connection.token) },
    })
    expect(audit.out).toMatch(/^the audit is whole/)
    // The audit says that it comes from a backup: once, however often the hub starts.
    await hub.kill()
    await hub.restart()
    const told = await hub.api.GET('/api/v1/audit', { params: { query: { action: 'backup.restored' } } })
    expect(told.data?.items.map(({ principal, changes }) => [principal, changes])).toMatchObject([
      [
        { id: 'hub', kind: 'hub' },
        [{ type: 'backup.restored', data: { backup: file, madeAt: made['madeAt'], by: userInfo().username } }],
      ],
    ])
  },
)
