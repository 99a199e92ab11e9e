import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { commandLineForThisFile } from '../support/command-line.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { patience } from './household.ts'

/** `sutler directory` and `sutler user-group`, as an operator types them. */

const hub = hubForThisFile({ clock: systemClock, env: { SUTLER_DIRECTORIES_PRIVATE: 'allow' } })
const line = commandLineForThisFile()
let web: Server
let url: string
const asked: (string | undefined)[] = []

beforeAll(async () => {
  const { token } = hub.connection
  await line.saveLogin({ hub: hub.url, token })
  await writeFile(line.path('secret'), 'a bearer token\n')
  web = createServer((request, response) => {
    asked.push(request.headers.authorization)
    const person = { key: 'ada', name: 'Ada Lovelace', email: 'ada@example.org' }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(request.url!.startsWith('/people/') ? person : { found: [person] }))
  })
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`
}, patience)

afterAll(async () => {
  web?.closeAllConnections()
  web?.close()
}, patience)

describe('a directory of people', { timeout: patience }, () => {
  it('is added, tried, listed, and asked no more once it is removed', async () => {
    const how = ['--name', 'Staff', '--items', '/found', '--entry-url', `${url}/people/{id}`, '--id', '/key']
    const secret = ['--secret-file', line.path('secret')]
    const added = await line.run(['directory', 'add', `${url}/?q={q}`, ...how, ...secret])
    expect([added.status, added.err]).toEqual([0, ''])
    const [id = ''] = /dir-\w+/.exec(added.out) ?? []
    expect(added.out).toContain(`Try it: sutler directory test ${id}`)

    const tried = await line.run(['directory', 'test', id, 'Ada', 'Lovelace'])
    expect([tried.status, tried.out]).toEqual([0, expect.stringMatching(/It answered in \d+ ms: 1 found\.\n {2}ada /)])
    expect(asked.at(-1)).toBe('Bearer a bearer token')
    expect((await line.run(['directory', 'list'])).out).toMatch(new RegExp(`${id} +Staff +http .*in use`))

    expect((await line.run(['directory', 'remove', id])).out).toBe(`${id} is removed.\n`)
    expect((await line.run(['directory', 'test', id, 'Ada'])).err).toContain('[not-found]')
  })

  it('is changed in what is said, where entries have what included, until somebody is known by their id', async () => {
    const how = ['--name', 'Clients', '--items', '/found', '--entry-url', `${url}/people/{id}`, '--id', '/email']
    const id = String((await line.json('directory', 'add', `${url}/?q={q}`, ...how))['id'])
    const changed = await line.json(
      'directory',
      'change',
      id,
      '--id',
      '/key',
      '--email',
      '',
      '--cache',
      '0',
      '--disable',
    )
    expect(changed).toMatchObject({
      name: 'Clients',
      disabled: true,
      settings: { items: '/found', attributes: { id: '/key', name: '/name', email: null }, cacheSeconds: 0 },
    })
    expect((await line.run(['directory', 'test', id, 'Ada'])).out).toMatch(/1 found\.\n {2}ada {2}Ada Lovelace\n$/)
    const wrong = await line.run(['directory', 'change', id, '--person-name', 'cn'])
    expect([wrong.status, wrong.err]).toEqual([1, expect.stringContaining('This is no JSON pointer.')])
    await line.json('directory', 'adopt', id, 'ada')
    const known = await line.run(['directory', 'change', id, '--id', '/email'])
    expect([known.status, known.err]).toEqual([1, expect.stringContaining('are known by /key')])
    expect(await line.json('directory', 'change', id, '--person-name', '/email', '--enable')).toMatchObject({
      disabled: false,
      settings: { attributes: { id: '/key', name: '/email', email: null } },
    })
  })

  it('that does not answer is told of with the reason, and the command fails', async () => {
    const nobody = createServer()
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve))
    const { port } = nobody.address() as AddressInfo
    await new Promise((resolve) => nobody.close(resolve))
    const { id } = await line.json('directory', 'add', `http://127.0.0.1:${port}/?q={q}`, '--name', 'Gone')
    const { status, out } = await line.run(['directory', 'test', String(id), 'Ada'])
    expect([status, out]).toEqual([1, expect.stringContaining('It did not answer: ')])
  })

  it.each([
    ['without a base', ['ldaps://example.org', '--name', 'L'], '[option-invalid]'],
    [
      'with a file that is not there',
      ['https://example.org/{q}', '--name', 'H', '--secret-file', 'gone'],
      '[file-unreadable]',
    ],
  ])('is refused %s, with what to do', async (_, words, code) => {
    const { status, err } = await line.run(['directory', 'add', ...words])
    expect([status, err]).toEqual([2, expect.stringContaining(code)])
  })
})

async function account(name: string): Promise<string> {
  const body = { name, password: 'a long enough password', roles: ['sponsor' as const] }
  return answer(await hub.api.POST('/api/v1/accounts', { body })).id
}

describe('a group of people', { timeout: patience }, () => {
  it('is made, changed and deleted by its name, and gives its members roles', async () => {
    const [ada, bea] = [await account('ada'), await account('bea')]
    const made = await line.run(['user-group', 'create', 'Night shift', ada])
    expect([made.out, made.err]).toEqual([expect.stringMatching(/^ugr-\w+ {2}Night shift\n$/), ''])
    expect((await line.run(['user-group', 'add', 'Night shift', bea])).out).toBe('Night shift is changed.\n')
    expect((await line.run(['user-group', 'members', 'Night shift'])).out).toMatch(/ada[^]*bea/)
    expect((await line.run(['user-group', 'remove', 'Night shift', ada])).status).toBe(0)
    expect((await line.run(['user-group', 'members', 'Night shift'])).out).not.toMatch(/ ada$/m)

    const roles = await line.run(['user-group', 'roles', 'Night shift', 'auditor'])
    expect(roles.out).toBe('Everybody in Night shift is auditor from now on.\n')
    expect((await line.run(['user-group', 'list'])).out).toMatch(/Night shift +1 +auditor/)
    expect((await line.run(['user-group', 'roles', 'Night shift'])).out).toContain('gives no role any more')

    expect((await line.run(['user-group', 'delete', 'Night shift'])).out).toMatch(/is deleted\.\n$/)
    const gone = await line.run(['user-group', 'members', 'Night shift'])
    expect([gone.status, gone.err]).toEqual([1, expect.stringContaining('[unknown-user-group]')])
  })
})
