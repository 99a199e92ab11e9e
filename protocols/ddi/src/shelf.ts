import type { ProtocolHost } from '@sutler/device-model'
import { DdiError } from './errors.ts'
import { artifactOf, chunkOf, fileNames } from './mapping/chunk.ts'
import type { Work } from './session/work.ts'
import type { Artifact, Chunk } from './wire/documents.ts'

/** Manifests whose file lists are kept in memory; they never change. */
const kept = 500

/** The files of actions, as DDI names them. */
export class Shelf {
  readonly #host: Pick<ProtocolHost, 'manifest' | 'fileFacts'>
  readonly #lists = new Map<string, readonly Artifact[]>()

  constructor(host: Pick<ProtocolHost, 'manifest' | 'fileFacts'>) {
    this.#host = host
  }

  async chunk(work: Work): Promise<Chunk> {
    return chunkOf(work, await this.artifacts(work.manifest.digest))
  }

  /** @throws DdiError `not-found` */
  async artifact(work: Work, filename: string): Promise<Artifact> {
    const found = (await this.artifacts(work.manifest.digest)).find((each) => each.filename === filename)
    if (!found) throw new DdiError('not-found', 'artifact', `the action has no file ${filename}`)
    return found
  }

  /** In the manifest's order. @throws DdiError `busy` when the hub has lost them for the moment */
  async artifacts(manifest: string): Promise<readonly Artifact[]> {
    const known = this.#lists.get(manifest)
    if (known) return known
    const list = await this.#read(manifest)
    this.#lists.set(manifest, list)
    if (this.#lists.size > kept) for (const oldest of [...this.#lists.keys()].slice(0, 50)) this.#lists.delete(oldest)
    return list
  }

  async #read(digest: string): Promise<Artifact[]> {
    const manifest = await this.#host.manifest(digest)
    if (manifest === null) throw new DdiError('busy', 'artifacts', `the hub does not have the file list ${digest}`)
    const names = fileNames(manifest)
    const list: Artifact[] = []
    for (const [index, file] of manifest.files.entries()) {
      const facts = await this.#host.fileFacts(digest, file.digest)
      if (facts === null) throw new DdiError('busy', 'artifacts', `the hub does not have the file ${file.digest}`)
      list.push(artifactOf(names[index]!, file, facts))
    }
    return list
  }
}
