import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { Digest, FileFacts } from '@sutler/device-model'
import type { ConsumerDependencies } from './dependencies.ts'

/** Files of manifests for protocols that carry the bytes themselves, or want digests of another kind. */
export class DeviceFiles {
  readonly #deps: Pick<ConsumerDependencies, 'definitions' | 'memory' | 'database'>
  readonly #reading = new Map<Digest, Promise<FileFacts>>()
  /** Facts never change; the oldest go when there are more. */
  readonly #known = new Map<Digest, FileFacts>()

  constructor(deps: Pick<ConsumerDependencies, 'definitions' | 'memory' | 'database'>) {
    this.#deps = deps
  }

  async open(manifest: Digest, digest: Digest, range?: { start: number; end: number }): Promise<Readable | null> {
    const file = await this.#deps.definitions.fileIn(manifest, digest)
    if (file === null) return null
    return createReadStream(file.path, range && { start: range.start, end: range.end - 1 })
  }

  /** SHA-1 and MD5 are computed when a protocol first asks for them, and kept. */
  async facts(manifest: Digest, digest: Digest): Promise<FileFacts | null> {
    const known = this.#known.get(digest)
    if (known) return known
    const file = await this.#deps.definitions.fileIn(manifest, digest)
    if (file === null) return null
    const reading = this.#reading.get(digest) ?? this.#read(digest, file)
    this.#reading.set(digest, reading)
    try {
      const facts = await reading
      this.#known.set(digest, facts)
      if (this.#known.size > 10_000)
        for (const oldest of [...this.#known.keys()].slice(0, 100)) this.#known.delete(oldest)
      return facts
    } finally {
      this.#reading.delete(digest)
    }
  }

  async #read(digest: Digest, file: { path: string; size: number }): Promise<FileFacts> {
    const { memory, database } = this.#deps
    const kept = await memory.fileFacts(database.sql, digest)
    if (kept !== null) return kept
    const sha1 = createHash('sha1')
    const md5 = createHash('md5')
    for await (const chunk of createReadStream(file.path, { highWaterMark: 1 << 18 })) {
      sha1.update(chunk as Buffer)
      md5.update(chunk as Buffer)
    }
    const facts = { sha256: digest, size: file.size, sha1: sha1.digest('hex'), md5: md5.digest('hex') }
    await memory.keepFileFacts(database.sql, facts)
    return facts
  }
}
