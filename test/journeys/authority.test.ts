import { readFile, writeFile } from 'node:fs/promises'
import { beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { newKey, tlsDevices } from '../support/certified-device.ts'
import { commandLineForThisFile } from '../support/command-line.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { createClaim, createHousehold, patience } from './household.ts'

const hub = hubForThisFile({ clock: systemClock })
const line = commandLineForThisFile()

beforeAll(async () => {
  await writeFile(line.path('phrase'), 'a passphrase for the root')
  await line.logIn(hub.url)
}, patience)

it(
  'the root’s key goes offline, and certifies a new authority from there; devices of before and after are let in',
  { timeout: 3 * patience },
  async () => {
    const devices = tlsDevices(hub.secure, hub.secure.authority)
    const home = await createHousehold(hub)
    const before = await devices.enrol(await createClaim(hub, home))
    const old = (await line.json('authority', 'show'))['issuer']

    const [root, phrase] = [line.path('root.pem'), line.path('phrase')]
    expect(await line.run(['authority', 'export-root', '--out', root, '--password-file', phrase])).toMatchObject({
      status: 0,
    })
    expect(await readFile(root, 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    expect(await line.json('authority', 'show')).toMatchObject({ rootKey: 'offline', issuer: old })
    const again = await line.run(['authority', 'export-root', '--out', `${root}.2`, '--password-file', phrase])
    expect([again.status, again.err]).toEqual([1, expect.stringContaining('root')])

    const words = ['authority', 'replace-intermediate', '--root-key', root, '--password-file']
    const wrong = await line.run([...words, line.path('password')])
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
