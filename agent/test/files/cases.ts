import type { Files } from '../../src/core/platform.ts'

/**
 * What the core asks of a device's files, whatever they are kept in: the same cases run on each platform. They know no test runner, for some
 * run in a browser. A case throws what is wrong.
 */
export type FilesCase = (files: Files) => Promise<void>

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : new TextDecoder().decode(bytes))
const bytes = (content: string): Uint8Array => new TextEncoder().encode(content)

function same(found: unknown, wanted: unknown): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(wanted)]
  if (is !== should) throw new Error(`it is ${is}, not ${should}`)
}

async function write(files: Files, path: string, content: string, mode = 0o644): Promise<void> {
  const writer = await files.create(path, mode)
  await writer.write(bytes(content))
  await writer.sync()
  await writer.close()
}

async function refused(act: () => Promise<unknown>, code = 'disk'): Promise<void> {
  const failure = await act().then(
    () => null,
    (error: unknown) => error as { code?: string },
  )
  same(failure?.code, code)
}

export const filesCases: Readonly<Record<string, FilesCase>> = {
  async 'a file is what was written, with its mode'(files) {
    await write(files, 'one', 'first', 0o755)
    same([text(await files.read('one')), await files.stat('one')], ['first', { kind: 'file', size: 5, mode: 0o755 }])
    await files.setMode('one', 0o644)
    same((await files.stat('one'))?.mode, 0o644)
  },
  async 'a file that is there is not created anew'(files) {
    await write(files, 'one', 'first')
    await refused(() => files.create('one', 0o644))
    same(text(await files.read('one')), 'first')
  },
  async 'nothing is created where there is no directory'(files) {
    await refused(() => files.create('no/where', 0o644))
    same(await files.stat('no/where'), null)
  },
  async 'what is not there is read as nothing'(files) {
    same(
      [await files.read('no'), await files.stat('no'), await files.readLink('no'), await files.list('no')],
      [null, null, null, []],
    )
    await files.remove('no')
  },
  async 'an earlier attempt is cut and written on'(files) {
    await write(files, 'part', 'begun wrong')
    const writer = await files.extend('part', 6)
    await writer.write(bytes('well'))
    await writer.close()
    same(text(await files.read('part')), 'begun well')
  },
  async 'large content comes in pieces, in order'(files) {
    const writer = await files.create('large', 0o644)
    for (let count = 0; count < 300; count++) await writer.write(new Uint8Array(4001).fill(count % 251))
    await writer.close()
    let [size, sum] = [0, 0]
    for await (const chunk of files.chunks('large')) {
      sum = (sum * 31 + chunk[0]! + chunk.at(-1)!) % 65_521
      for (const byte of chunk) if (byte !== Math.floor(size++ / 4001) % 251) throw new Error(`byte ${size} is ${byte}`)
    }
    same([size, sum > 0], [1_200_300, true])
  },
  async 'directories are made with those above them, and listed in order'(files) {
    await files.makeDirectory('a/b/c')
    await files.makeDirectory('a/b')
    for (const name of ['z', 'y']) await write(files, `a/b/${name}`, name)
    same(
      [await files.list(''), await files.list('a/b'), (await files.stat('a/b'))?.kind],
      [['a'], ['c', 'y', 'z'], 'directory'],
    )
    await refused(() => files.makeDirectory('a/b/y/d'))
  },
  async 'a copy is apart from what it was made of'(files) {
    await write(files, 'one', 'first', 0o644)
    await files.copy('one', 'two', 0o755)
    await files.remove('one')
    same([text(await files.read('two')), (await files.stat('two'))?.mode], ['first', 0o755])
    await write(files, 'one', 'other')
    await refused(() => files.copy('one', 'two', 0o644))
  },
  async 'a rename takes the place of a file'(files) {
    await write(files, 'old', 'old')
    await write(files, 'new', 'new', 0o755)
    await files.rename('new', 'old')
    same(
      [text(await files.read('old')), (await files.stat('old'))?.mode, await files.list('')],
      ['new', 0o755, ['old']],
    )
    await refused(() => files.rename('new', 'old'))
  },
  async 'a directory is renamed with all that is in it'(files) {
    await files.makeDirectory('services/guide/versions/1')
    await write(files, 'services/guide/versions/1/page', 'page')
    await files.symlink('versions/1', 'services/guide/current')
    await files.makeDirectory('trash')
    await files.rename('services/guide', 'trash/1-guide')
    same([await files.list('services'), text(await files.read('trash/1-guide/current/page'))], [[], 'page'])
    await files.remove('trash')
    same(await files.list(''), ['services'])
  },
  async 'a link is switched by one rename, and what is below it is that of the new target'(files) {
    for (const version of ['1', '2']) {
      await files.makeDirectory(`guide/versions/${version}/data`)
      await write(files, `guide/versions/${version}/data/page`, version)
    }
    await files.symlink('versions/1', 'guide/current')
    same(text(await files.read('guide/current/data/page')), '1')
    await files.symlink('versions/2', 'guide/current.next')
    await files.rename('guide/current.next', 'guide/current')
    await files.syncDirectory('guide')
    same(
      [
        await files.readLink('guide/current'),
        text(await files.read('guide/current/data/page')),
        (await files.stat('guide/current'))?.kind,
      ],
      ['versions/2', '2', 'other'],
    )
    same(await files.list('guide/current/data'), ['page'])
    await files.remove('guide/current')
    same(text(await files.read('guide/versions/2/data/page')), '2')
  },
  async 'a tree is removed, and one whose name only begins alike stays'(files) {
    await files.makeDirectory('a/b')
    await write(files, 'a/b/c', 'c')
    await write(files, 'ab', 'stays')
    await files.remove('a')
    same([await files.list(''), await files.read('a/b/c')], [['ab'], null])
  },
  async 'names keep what they are'(files) {
    const names = ['.hidden', 'Größe ≠ 0', 'a b', 'x'.repeat(255), '__proto__', '%2e%2e']
    for (const name of names) await write(files, name, name)
    same([await files.list(''), text(await files.read('__proto__'))], [names.toSorted(), '__proto__'])
  },
  async 'many at once do not get in each other’s way'(files) {
    await files.makeDirectory('many')
    const names = Array.from({ length: 40 }, (_, index) => `many/${String(index).padStart(2, '0')}`)
    await Promise.all(
      names.map(async (name) => {
        await write(files, `${name}.part`, name)
        await files.rename(`${name}.part`, name)
      }),
    )
    same([(await files.list('many')).length, text(await files.read('many/39'))], [40, 'many/39'])
  },
  async 'there is room'(files) {
    const { total, free } = await files.space()
    same(total >= free && free > 0, true)
  },
}
