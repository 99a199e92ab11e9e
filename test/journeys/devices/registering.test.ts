import { readFile, writeFile } from 'node:fs/promises'
import { generateKeyPairSync } from 'node:crypto'
import { DdiDevice } from '@sutler/simulators'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { commandLineForThisFile } from '../../support/command-line.ts'
import { hubForThisFile } from '../../support/composed-hub.ts'
import { createHousehold, patience, until } from '../household.ts'
import { ddiHub } from './polling-gateway.ts'

/** docs/guide/devices/index.md, as an operator goes through it on the command line. */

const hub = hubForThisFile({ clock: systemClock, env: ddiHub })
const line = commandLineForThisFile()
let household: string

beforeAll(async () => {
  await line.saveLogin(hub.connection)
  household = await createHousehold(hub)
}, patience)

type Shown = Record<string, unknown>
const box = (controller: string, credential: object): DdiDevice =>
  new DdiDevice({ hub: hub.deviceUrl!, tenant: 'main', controller, credential } as never)
const list = async (...words: string[]) => (await line.json(...words)) as unknown as Shown[]
const place = () => ['--household', household, '--class', 'gateway']

describe('devices that never run our agent, on the command line', { timeout: patience }, () => {
  it('are added one by one, with a secret that is printed once or given in a file', async () => {
    const added = await line.run(['device', 'add', ...place(), '--protocol', 'ddi', '--identity', 'box-1'])
    expect(added).toMatchObject({ status: 0, err: expect.stringContaining('over ddi as box-1') as string })
    expect(await box('box-1', { targetToken: added.out.trim() }).poll()).toBe(200)

    const token = '5d0a9be3b3a4f8d2c1e0f9a8b7c6d5e4'
    await writeFile(line.path('token.txt'), `${token}\n`)
    const given = ['--credential', 'token', '--secret-file', 'token.txt']
    const second = await line.json('device', 'add', ...place(), '--protocol', 'ddi', '--identity', 'box-2', ...given)
    expect(JSON.stringify(second)).not.toContain(token)
    expect(await box('box-2', { targetToken: token }).poll()).toBe(200)
    expect(await box('box-2', { targetToken: added.out.trim() }).poll()).toBe(401)

    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    await writeFile(line.path('key.pem'), publicKey.export({ format: 'pem', type: 'spki' }))
    const keyed = ['--credential', 'public-key', '--secret-file', 'key.pem']
    const identity = '{"mac":"02:11:22:33:44:55"}'
    const mender = await line.json(
      'device',
      'add',
      ...place(),
      '--protocol',
      'mender',
      '--identity',
      identity,
      ...keyed,
    )
    expect(mender).toMatchObject({ credential: { kind: 'public-key', secret: null } })
    expect((await list('devices', '--filter', 'device.protocol == "ddi"')).length).toBe(2)
  })

  it('come in from a file, each at once and with its secret in the results', async () => {
    const rows = [
      'externalId,protocol,identity,class,householdExternalId,householdName,credential,serial',
      'b-1,ddi,box-11,gateway,h-1,Meier,,',
      'b-2,cwmp,00D09E-Box-124,gateway,h-1,,a-factory-password,SN-124',
      'b-3,ddi,box-11,gateway,h-1,,,',
      'b-4,ddi,,gateway,h-1,,,',
      'b-5,ddi,box-12,gateway,h-1,,short,',
      'a-1,,,,h-1,,,SN-9',
      'a-2,,,,h-1,,,',
    ]
    await writeFile(line.path('devices.csv'), `${rows.join('\n')}\n`)
    const { status, out } = await line.run([
      'import',
      'devices',
      'devices.csv',
      '--results',
      'results.ndjson',
      '--json',
    ])
    expect(status).toBe(1)
    expect(JSON.parse(out.trim().split('\n').at(-1)!)).toMatchObject({ created: 3, failed: 4, unchanged: 0 })
    const results = (await readFile(line.path('results.ndjson'), 'utf8'))
      .trim()
      .split('\n')
      .map((each) => JSON.parse(each) as Shown)
    expect(results.map(({ line: number, status: how, code }) => [number, how, code])).toEqual([
      [2, 'created', undefined],
      [3, 'created', undefined],
      [4, 'failed', 'identity-taken'],
      [5, 'failed', 'invalid-line'],
      [6, 'failed', 'invalid-line'],
      [7, 'created', undefined],
      [8, 'failed', 'invalid-line'],
    ])
    const [first, second, , , , agent] = results as [Shown, Shown, Shown, Shown, Shown, Shown]
    expect(await box('box-11', { targetToken: first['secret'] }).poll()).toBe(200)
    expect(JSON.stringify(second)).not.toContain('a-factory-password')
    expect(agent['claim']).toMatch(/^clm_/)
    const again = await line.run(['import', 'devices', 'devices.csv', '--json'])
    expect(JSON.parse(again.out.trim().split('\n').at(-1)!)).toMatchObject({ created: 0, unchanged: 3 })
  })

  it('of a fleet that nobody knows one by one wait, and are accepted or refused', async () => {
    const shared = 'e2c5a1d4b7f8093a6c1d2e3f4a5b6c7d'
    await writeFile(line.path('gateway-token.txt'), shared)
    const words = ['--protocol', 'ddi', '--name', 'Boxes of 2024', '--secret-file', 'gateway-token.txt']
    const { id: gateway } = await line.json('gateway', 'create', ...words)
    const [one, two] = ['box-21', 'box-22'].map((name) => box(name, { gatewayToken: shared }))
    expect(await one!.poll()).toBe(401)
    expect(await two!.poll()).toBe(401)
    const waiting = await list('device', 'waiting')
    expect(waiting.map(({ identity }) => identity)).toEqual(['box-21', 'box-22'])
    const [first, second] = waiting.map(({ id }) => String(id))
    const nowhere = await line.run(['device', 'accept', first!])
    expect(nowhere.err).toContain('[enrolment-needs-place]')
    const accepted = await line.run(['device', 'accept', first!, ...place(), '--name', 'Living room'])
    expect(accepted.out).toMatch(/^box-21 is in as dev-/)
    expect((await line.run(['device', 'refuse', second!])).out).toContain('box-22 is refused')
    await until(async () => (await one!.poll()) === 200)
    expect(await two!.poll()).toBe(401)
    expect((await line.run(['gateway', 'revoke', String(gateway)])).status).toBe(0)
    await until(async () => (await one!.poll()) === 401)
    expect((await line.run(['gateway', 'list'])).out).toContain('revoked')
  })

  it('get another credential, another identity, another protocol', async () => {
    const { device, identity } = await line.json(
      'device',
      'add',
      ...place(),
      '--protocol',
      'ddi',
      '--identity',
      'box-31',
    )
    const [id, first] = [String(device), String((identity as Shown)['id'])]
    const next = await line.run(['device', 'credential', 'add', id, first])
    const token = { targetToken: next.out.trim() }
    expect(await box('box-31', token).poll()).toBe(200)
    const other = ['--protocol', 'cwmp', '--identity', '00D09E-31']
    const added = await line.run(['device', 'identity', 'add', id, ...other])
    expect(added.err).toContain(`sutler device protocol ${id} cwmp`)
    expect((await line.run(['device', 'protocol', id, 'cwmp'])).out).toContain('is to speak cwmp')
    await until(async () => (await box('box-31', token).poll()) === 401)
    const identities = await list('device', 'identity', 'list', id)
    expect(identities).toMatchObject([
      { protocol: 'cwmp', inForce: true },
      { protocol: 'ddi', inForce: false, credentials: [{ kind: 'token' }] },
    ])
    const [credential] = identities[1]!['credentials'] as Shown[]
    const gone = await line.run(['device', 'credential', 'remove', id, first, String(credential!['id'])])
    expect(gone.status).toBe(0)
    expect((await line.run(['device', 'identity', 'remove', id, first])).status).toBe(0)
    expect((await line.run(['device', 'protocol', id, 'ddi'])).err).toContain('[no-such-identity]')
  })

  it('are not added with options that contradict one another', async () => {
    const add = (...more: string[]) =>
      line.run(['device', 'add', ...place(), '--protocol', 'ddi', '--identity', 'box-41', ...more])
    expect((await add('--username', 'u')).err).toContain('[option-invalid]')
    expect((await add('--credential', 'public-key')).err).toContain('[option-invalid]')
    expect((await add('--credential', 'psk')).err).toContain('[credential-unusable]')
    expect((await add('--credential', 'token', '--secret-file', 'none.txt')).err).toContain('[file-unreadable]')
  })
})
