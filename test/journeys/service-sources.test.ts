import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandLineForThisFile } from '../support/command-line.ts'
import { patience } from './household.ts'

/** `sutler service init|validate`, as somebody meets them who has never seen them; no hub is there. */

const sutler = commandLineForThisFile()

const document = (change: object = {}, component: object = {}) => ({
  id: 'radio',
  title: 'Radio',
  version: '1.0.0',
  components: [{ name: 'app', deviceClass: 'phone', from: 'app', ...component }],
  ...change,
})

/** Writes a source and validates it. */
async function validated(name: string, files: Record<string, string | object>) {
  for (const [path, content] of Object.entries(files)) {
    const file = sutler.path(name, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  }
  return sutler.run(['service', 'validate', name])
}

describe('a new service', { timeout: patience }, () => {
  it('can be published as it is made, and is never made over something', async () => {
    const made = await sutler.run(['service', 'init', 'news', '--class', 'phone', '--class', 'gateway'])
    expect([made.status, made.err]).toEqual([0, ''])
    const valid = await sutler.run(['service', 'validate', 'news', '--strict'])
    expect([valid.status, valid.out]).toEqual([0, expect.stringContaining('news 0.1.0 can be published. 4 files')])
    const before = await readFile(sutler.path('news/service.json'), 'utf8')
    const again = await sutler.run(['service', 'init', 'news'])
    expect([again.status, again.err]).toEqual([2, expect.stringContaining('[directory-not-empty]')])
    expect(await readFile(sutler.path('news/service.json'), 'utf8')).toBe(before)
  })

  it.each([
    [['Größe'], 'is not an id'],
    [['ok-1', '--class', 'fridge'], '“fridge” is no device class'],
    [['ok-2', '--title', ''], 'title'],
  ])('is refused with %j, and nothing is made', async (words, why) => {
    const { status, err } = await sutler.run(['service', 'init', ...words])
    expect([status, err]).toEqual([2, expect.stringContaining(why)])
    expect(await readdir(sutler.directory)).not.toContain(words[0])
  })
})

describe('a source with mistakes', { timeout: patience }, () => {
  it('is told all of them, each with file, line and column, and what to do', async () => {
    const wrong = document({ version: '1.0' }, { compatibility: 'report.memory.total >', after: ['gone'] })
    const { status, out } = await validated('several', { 'service.json': wrong, 'app/a.txt': 'a' })
    expect(status).toBe(2)
    const file = sutler.path('several/service.json')
    expect(out).toContain(`${file}:4:14: error: “1.0” is not a semantic version`)
    expect(out).toMatch(/service\.json:10:24: error: is not a usable CEL expression: .+ \(at character \d+\)/)
    expect(out).toContain('“gone” is no component of this version')
    expect(out).toContain('radio 1.0 cannot be published: 3 errors')
  })

  it.each<[string, Record<string, string | object>, string]>([
    ['no-json', { 'service.json': '{\n  "id": "radio"\n  "title": 1\n}' }, 'service.json:3:3: is not JSON'],
    ['unknown-key', { 'service.json': document({ verison: '1' }), 'app/a': '' }, '/verison: is not known here'],
    ['of-a-list', { 'service.json': '[]' }, 'must be an object'],
    ['nothing-there', { 'service.json': document() }, 'is not there'],
    ['binary', { 'service.json': '\u0000\uFFFD' }, 'is not JSON'],
    ['reserved', { 'service.json': document(), 'app/con.txt': '' }, 'con.txt'],
    ['leads-out', { 'service.json': document({}, { from: '../../etc' }) }, 'leads out of the source'],
  ])('%s is refused in words', async (name, files, why) => {
    const { status, err } = await validated(name, files)
    expect([status, err]).toEqual([2, expect.stringContaining(why)])
  })

  it('with links, or none at all, is refused', async () => {
    await mkdir(sutler.path('linked/app'), { recursive: true })
    await writeFile(sutler.path('linked/service.json'), JSON.stringify(document()))
    await symlink('/etc/hostname', sutler.path('linked/app/name'))
    expect((await sutler.run(['service', 'validate', 'linked'])).err).toContain('[link-refused]')
    expect((await sutler.run(['service', 'validate', 'nowhere'])).err).toContain('[source-missing]')
  })

  it('is warned of what hardly is meant: secrets, and a check that cannot run', async () => {
    const checked = document({}, { health: { run: ['node', 'check.mjs'], timeoutSeconds: 5 } })
    const files = { 'service.json': checked, 'app/ein Name – ü.txt': '', 'app/id_ed25519': 'x' }
    const { status, out } = await validated('odd', files)
    expect(status).toBe(0)
    expect(out).toContain('id_ed25519: warning: id_ed25519 in app looks like a secret')
    expect(out).toContain('the health check runs check.mjs, which app does not have')
    expect((await sutler.run(['service', 'validate', 'odd', '--strict'])).status).toBe(2)
  })
})
