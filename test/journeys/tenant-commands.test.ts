import { writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { commandLineForThisFile } from '../support/command-line.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { patience } from './household.ts'

const hub = hubForThisFile({ clock: systemClock })
const line = commandLineForThisFile()

beforeAll(async () => {
  await line.saveLogin(hub.connection)
  await writeFile(line.path('password'), 'a long enough password')
}, patience)

const theirs = { config: 'acme.json' }

describe('tenants on the command line', { timeout: patience }, () => {
  it('an operator of the installation makes one; its first operator sees nothing of the others and makes no tenants', async () => {
    const made = await line.run(['tenant', 'create', 'acme', '--name', 'Acme'])
    expect(made).toMatchObject({ status: 0, err: expect.stringContaining('/login?tenant=acme') as string })
    const link = new URL(made.out.trim())
    const local = `${hub.url}${link.pathname}${link.hash}`
    const setUp = await line.run(['setup', local, '--name', 'ada', '--password-file', 'password'], theirs)
    expect(setUp).toMatchObject({ status: 0 })
    expect((await line.run(['household', 'create', 'Meier'])).status).toBe(0)
    expect((await line.run(['household', 'list'], theirs)).out).toContain('nothing yet')
    const refused = await line.run(['tenant', 'create', 'other'], theirs)
    expect([refused.status, refused.err]).toEqual([1, expect.stringContaining('forbidden')])
  })

  it('one that is there already, or whose id cannot be, is refused with what to do', async () => {
    expect((await line.run(['tenant', 'create', 'acme'])).err).toContain('[tenant-exists]')
    expect((await line.run(['tenant', 'create', 'A'])).err).toContain('[invalid-request]')
    expect((await line.run(['tenant', 'disable', 'nobody'])).err).toContain('[not-found]')
    expect((await line.run(['tenant', 'disable', 'main'])).err).toContain('[main-tenant-stays]')
  })

  it('nobody of a disabled one is let in, until it is enabled', async () => {
    expect((await line.run(['tenant', 'disable', 'acme'])).out).toBe('acme is disabled.\n')
    expect((await line.run(['tenant', 'list'])).out).toMatch(/^acme +Acme +disabled .*\n?^main .* in use /m)
    expect((await line.run(['household', 'list'], theirs)).err).toContain('[unauthenticated]')
    expect((await line.json('tenant', 'enable', 'acme'))['disabled']).toBe(false)
    expect(await line.run(['household', 'list'], theirs)).toMatchObject({ status: 0 })
  })

  it('its log-in page offers its own identity providers and the installation’s, and no page another tenant’s', async () => {
    const add = (name: string) =>
      ['identity-provider', 'add', '--name', name, '--issuer', `https://${name}.example`].concat(
        '--client-id',
        'sutler',
      )
    expect(await line.run(add('mains'))).toMatchObject({ status: 0 })
    expect(await line.run(add('acmes'), theirs)).toMatchObject({ status: 0 })
    const offered = async (query: string) => {
      const response = await fetch(`${hub.url}/login${query}`)
      const text = await response.text()
      return ['mains', 'acmes'].filter((name) => text.includes(`Log in with ${name}`))
    }
    expect(await offered('?tenant=acme')).toEqual(['mains', 'acmes'])
    for (const query of [
      '',
      '?tenant=main',
      '?tenant=nobody',
      '?tenant=',
      `?tenant=${'x'.repeat(5_000)}`,
      '?tenant=%00',
    ])
      expect([query, await offered(query)]).toEqual([query, ['mains']])
    await line.run(['tenant', 'disable', 'acme'])
    expect(await offered('?tenant=acme')).toEqual(['mains'])
  })
})
