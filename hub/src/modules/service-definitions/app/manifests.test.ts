import { createHash } from 'node:crypto'
import type { Manifest } from '@sutler/device-model'
import { canonicalManifest } from '@sutler/wire'
import { describe, expect, it } from 'vitest'
import { manifestCache, type ManifestSource } from './manifests.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

function manifest(component: string, files: number): { digest: string; text: string; list: Manifest } {
  const list: Manifest = {
    service: 'radio',
    version: '1.0.0',
    component,
    restart: 'none',
    health: null,
    files: Array.from({ length: files }, (_, at) => ({
      path: `f${String(at).padStart(4, '0')}`,
      size: at,
      digest: sha256(`${component} ${at}`),
      mode: 0o644,
    })),
  }
  const text = canonicalManifest(list)
  return { digest: sha256(text), text, list }
}

/** Texts by digest; tells what was read. */
function sourceOf(...manifests: { digest: string; text: string }[]): ManifestSource & { readonly reads: string[] } {
  const texts = new Map(manifests.map(({ digest, text }) => [digest, text]))
  const reads: string[] = []
  return {
    reads,
    isManifest: async (digest) => texts.has(digest),
    async read(digest) {
      reads.push(digest)
      return Buffer.from(texts.get(digest) ?? '')
    },
  }
}

describe('published file lists', () => {
  it('are read once, also when many ask at the same time', async () => {
    const one = manifest('one', 3)
    const source = sourceOf(one)
    const cache = manifestCache(source)
    const answers = await Promise.all(Array.from({ length: 10 }, () => cache.manifest(one.digest)))
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toMatchObject({ manifest: one.list, size: one.text.length })
    expect(answers[0]!.files.get(sha256('one 2'))).toBe(2)
    await cache.manifest(one.digest)
    expect(source.reads).toEqual([one.digest])
  })

  it('leave memory when newer ones need the room, the longest unused first', async () => {
    const [one, two, three] = [manifest('one', 4), manifest('two', 4), manifest('three', 4)]
    const source = sourceOf(one, two, three)
    const cache = manifestCache(source, 10)
    await cache.manifest(one.digest)
    await cache.manifest(two.digest)
    await cache.manifest(one.digest)
    await cache.manifest(three.digest)
    await cache.manifest(one.digest)
    await cache.manifest(two.digest)
    expect(source.reads).toEqual([one, two, three, two].map((each) => each.digest))
  })

  it('larger than the whole room are served all the same', async () => {
    const one = manifest('one', 20)
    expect(await manifestCache(sourceOf(one), 10).manifest(one.digest)).not.toBeNull()
  })

  it('that nobody published are not known, and asked for again', async () => {
    const one = manifest('one', 1)
    const source = sourceOf(one)
    const cache = manifestCache(source)
    expect(await cache.manifest(sha256('other'))).toBeNull()
    expect(source.reads).toEqual([])
  })

  it('that the disk has spoilt are an outside failure, and read anew next time', async () => {
    const one = manifest('one', 1)
    const spoilt = { digest: one.digest, text: one.text.slice(0, -1) }
    const source = sourceOf(spoilt)
    const cache = manifestCache(source)
    for (let at = 0; at < 2; at++) {
      await expect(cache.manifest(one.digest)).rejects.toMatchObject({ code: 'content-lost' })
    }
    expect(source.reads).toHaveLength(2)
  })
})
