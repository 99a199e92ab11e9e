import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { newKey, tlsDevices } from '../support/certified-device.ts'
import { CommandLine } from '../support/command-line.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { firstOperator } from '../support/first-operator.ts'
import { createClaim, createHousehold, patience } from './household.ts'

let hub: ComposedHub
let directory: string
let line: CommandLine

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock })
  directory = await mkdtemp(join(tmpdir(), 'sutler-authority-'))
  line = new CommandLine(directory)
  await writeFile(join(directory, 'password'), firstOperator.password)
  await writeFile(join(directory, 'phrase'), 'a passphrase for the root')
  await line.run(['login', '--hub', hub.url, '--password-file', join(directory, 'password')])
}, patience)

afterAll(async () => {
  await hub?.stop()
  await rm(directory, { recursive: true, force: true })
}, patience)

it(
  'the root’s key goes offline, and certifies a new authority from there; devices of before and after are let in',
  { timeout: 3 * patience },
  async () => {
    const devices = tlsDevices(hub.secure, hub.secure.authority)
    const home = await createHousehold(hub)
    const before = await devices.enrol(await createClaim(hub, home))
    const old = (await line.json('authority', 'show'))['issuer']

    const [root, phrase] = [join(directory, 'root.pem'), join(directory, 'phrase')]
    expect(await line.run(['authority', 'export-root', '--out', root, '--password-file', phrase])).toMatchObject({
      status: 0,
    })
    expect(await readFile(root, 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    expect(await line.json('authority', 'show')).toMatchObject({ rootKey: 'offline', issuer: old })
    const again = await line.run(['authority', 'export-root', '--out', `${root}.2`, '--password-file', phrase])
    expect([again.status, again.err]).toEqual([1, expect.stringContaining('root')])

    const words = ['authority', 'replace-intermediate', '--root-key', root, '--password-file']
    const wrong = await line.run([...words, join(directory, 'password')])
    expect([wrong.status, wrong.err]).toEqual([2, expect.stringContaining('root’s key cannot be read')])
    const replaced = await line.run([...words, phrase])
    expect([replaced.status, replaced.out]).toEqual([0, expect.stringContaining('signs from now on')])
    const shown = await line.json('authority', 'show')
    expect(shown['issuer']).not.toBe(old)

    const after = await devices.enrol(await createClaim(hub, home))
    expect((await devices.connect(after)).answer).toBe(0)
    expect((await devices.connect(before)).answer).toBe(0)
    const renewed = await devices.renew(before, newKey())
    expect(renewed.status).toBe(201)
  },
)

it('a certificate that the root has not signed, or for another key, is not taken', { timeout: patience }, async () => {
  const { data: asked } = await hub.api.POST('/api/v1/authority/intermediates')
  for (const certificate of ['x', hub.secure.authority])
    await expect(
      hub.api.PUT('/api/v1/authority/intermediates/{id}', {
        params: { path: { id: asked!.id } },
        body: { certificate },
      }),
    ).rejects.toMatchObject({ code: 'intermediate-refused' })
})
