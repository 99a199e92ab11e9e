import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, describe, onTestFinished } from 'vitest'
import { readServiceSource } from './service-source.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A directory with these files; `service.json` may be given as an object. */
async function source(files: Record<string, string | object>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'sutler-source-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return root
}

const radio = (from: unknown) => ({
  id: 'radio',
  title: 'Radio',
  version: '1.0.0',
  components: [{ name: 'app', deviceClass: 'phone', from }],
})

describe('a service source', () => {
  it('becomes a composition with the digest, size and mode of every file, hidden ones too', async () => {
    const root = await source({
      'service.json': radio('app'),
      'app/b/run.sh': 'echo',
      'app/a.txt': 'a',
      'app/.hidden': '',
    })
    await chmod(join(root, 'app/b/run.sh'), 0o700)
    const read = await readServiceSource(root)
    expect(read).toMatchObject({ id: 'radio', title: 'Radio' })
    expect(read.composition).toEqual({
      version: '1.0.0',
      notes: '',
      relations: [],
      components: [
        {
          name: 'app',
          deviceClass: 'phone',
          compatibility: 'true',
          after: [],
          restart: 'none',
          role: 'files',
          reports: null,
          health: null,
          files: [
            { path: '.hidden', size: 0, digest: sha256(''), mode: 0o644 },
            { path: 'a.txt', size: 1, digest: sha256('a'), mode: 0o644 },
            { path: 'b/run.sh', size: 4, digest: sha256('echo'), mode: 0o755 },
          ],
        },
      ],
    })
    expect(read.files.get(sha256('echo'))).toMatch(/b[\\/]run\.sh$/)
  })

  it('says what it is to devices without our agent', async () => {
    const document = radio('app')
    const [first] = document.components
    const told = { ...first, role: 'firmware', reports: { name: 'linux', version: '' } }
    const root = await source({ 'service.json': { ...document, components: [told] }, 'app/a': 'a' })
    expect((await readServiceSource(root)).composition.components[0]).toMatchObject({
      role: 'firmware',
      reports: { name: 'linux', version: '' },
    })
  })

  it('takes files and directories of installed packages', async () => {
    const root = await source({
      'one/service.json': radio([
        { from: 'page.html', to: 'index.html' },
        { package: '@scope/player', from: 'dist', to: 'vendor/player/' },
        { package: '@scope/player', from: 'LICENSE', to: 'vendor/player/LICENSE' },
      ]),
      'one/page.html': 'page',
      'node_modules/@scope/player/package.json': '{}',
      'node_modules/@scope/player/LICENSE': 'free',
      'node_modules/@scope/player/dist/lang/de.js': 'de',
    })
    const { composition } = await readServiceSource(join(root, 'one'))
    expect(composition.components[0]?.files.map((file) => file.path)).toEqual([
      'index.html',
      'vendor/player/LICENSE',
      'vendor/player/lang/de.js',
    ])
  })

  it('lies over the version beside it where it says so', async () => {
    const files = {
      '1.0.0/app/index.html': 'old',
      '1.0.0/app/same.css': 'same',
      '1.1.0/app/index.html': 'new',
    }
    const over = radio([{ from: '../1.0.0/app' }, { from: 'app', replaces: true }])
    const root = await source({ ...files, '1.1.0/service.json': over })
    const { composition } = await readServiceSource(join(root, '1.1.0'))
    expect(composition.components[0]?.files.map((file) => [file.path, file.digest])).toEqual([
      ['index.html', sha256('new')],
      ['same.css', sha256('same')],
    ])
    const without = await source({ ...files, '1.1.0/service.json': radio([{ from: '../1.0.0/app' }, { from: 'app' }]) })
    await expect(readServiceSource(join(without, '1.1.0'))).rejects.toMatchObject({
      code: 'path-taken',
      file: expect.stringMatching(/1\.1\.0.app.index\.html$/),
    })
  })

  it('of the TV guide is whole, and its second version brings little that is new', async () => {
    const folder = fileURLToPath(new URL('../../../examples/services/tv-guide/', import.meta.url))
    const one = await readServiceSource(join(folder, '1.0.0'))
    const guide = one.composition.components.find((component) => component.deviceClass === 'set-top-box')
    expect(guide?.files.length).toBeGreaterThanOrEqual(200)
    expect(guide?.files.reduce((sum, file) => sum + file.size, 0)).toBeGreaterThan(10 * 1024 * 1024)
    const two = await readServiceSource(join(folder, '1.1.0'))
    const added = [...two.files.keys()].filter((digest) => !one.files.has(digest))
    expect(added.length).toBeGreaterThan(0)
    expect(added.length).toBeLessThan(20)
  })
})

describe('a source that cannot be published', () => {
  it.each([
    ['no service.json', {}, 'source-missing', /service\.json/],
    ['no JSON', { 'service.json': '{' }, 'source-invalid', /is not JSON/],
    [
      'an unknown key',
      { 'service.json': { ...radio('app'), colour: 'red' } },
      'source-invalid',
      /\/colour: is not known/,
    ],
    ['a missing directory', { 'service.json': radio('app') }, 'source-missing', /app: is not there/],
    [
      'a missing package',
      { 'service.json': radio([{ package: 'nowhere', from: '.' }]) },
      'package-missing',
      /npm install nowhere/,
    ],
    ['a way out', { 'service.json': radio('../../etc') }, 'source-invalid', /leads out of the source/],
    ['a way out in the middle', { 'service.json': radio('app/../../../etc') }, 'source-invalid', /leads out/],
    ['an absolute path', { 'service.json': radio('/etc') }, 'source-invalid', /leads out/],
    [
      'a way out of a package',
      { 'service.json': radio([{ package: 'x', from: '../y' }]) },
      'source-invalid',
      /leads out/,
    ],
    ['a device name', { 'service.json': radio('app'), 'app/con.txt': '' }, 'path-refused', /con\.txt/],
    [
      'a target outside',
      { 'service.json': radio([{ from: 'app', to: '../x' }]), 'app/a': '' },
      'path-refused',
      /\.\.\/x\/a/,
    ],
    ['names that differ by case', { 'service.json': radio('app'), 'app/A': '', 'app/a': '' }, 'path-refused', /case/],
  ])('because of %s is refused by name', async (_, files, code, message) => {
    const root = await source(files)
    await expect(readServiceSource(root)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  })

  it('because of an empty component is refused', async () => {
    const root = await source({ 'service.json': radio('app') })
    await mkdir(join(root, 'app'))
    await expect(readServiceSource(root)).rejects.toMatchObject({ code: 'source-empty' })
  })

  it('because of links is refused, wherever they are', async () => {
    const inside = await source({ 'service.json': radio('app'), 'app/a': '', secret: 's' })
    await symlink(join(inside, 'secret'), join(inside, 'app', 'link'))
    await expect(readServiceSource(inside)).rejects.toMatchObject({
      code: 'link-refused',
      file: join(inside, 'app', 'link'),
    })
    const above = await source({ 'service.json': radio('app/sub'), 'real/sub/a': '' })
    await symlink(join(above, 'real'), join(above, 'app'))
    await expect(readServiceSource(above)).rejects.toMatchObject({ code: 'link-refused' })
  })
})
