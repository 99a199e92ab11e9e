import { createTarDecoder, createTarPacker } from 'modern-tar'
import { CallerError } from '../platform/errors.ts'
import { backupDamaged } from './codes.ts'

/** Entries of a tar archive, one after the other. */
export interface ArchiveWriter {
  readonly bytes: ReadableStream<Uint8Array>
  /** Resolves when the entry has been taken; `content` has exactly `size` bytes. */
  add(name: string, size: number, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void>
  finish(): void
  /** Lets whoever reads `bytes` fail with it. */
  fail(error: unknown): void
}

export function archiveWriter(madeAt: Date): ArchiveWriter {
  const { readable, controller } = createTarPacker()
  return {
    bytes: readable,
    async add(name, size, content) {
      const body = controller.add({ name, size, type: 'file', mode: 0o600, mtime: madeAt }).getWriter()
      try {
        for await (const piece of content) {
          await body.ready
          await body.write(piece)
        }
        await body.close()
      } catch (error) {
        // What matters is why it failed, not that it cannot be ended cleanly.
        await body.abort(error).catch(() => {})
        throw error
      }
    },
    finish: () => controller.finalize(),
    fail: (error) => controller.error(error),
  }
}

export interface ArchiveEntry {
  readonly name: string
  readonly size: number
  /** To be read to its end before the next entry is asked for. */
  readonly content: AsyncIterable<Uint8Array>
}

/** Entries in their order. @throws CallerError `backup-damaged` where a byte is missing or was changed */
export async function* entriesOf(archive: ReadableStream<Uint8Array>): AsyncGenerator<ArchiveEntry> {
  const entries = archive.pipeThrough(createTarDecoder({ strict: true })).getReader()
  for (;;) {
    const next = await entries.read().catch((error: unknown) => damaged(error))
    if (next.done) return
    const { header, body } = next.value
    yield { name: header.name, size: header.size, content: whole(body, header.name) }
  }
}

async function* whole(body: ReadableStream<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const next = await reader.read().catch((error: unknown) => damaged(error, name))
      if (next.done) return
      yield next.value
    }
  } finally {
    // A source that has failed has said so where it was read.
    await reader.cancel().catch(() => {})
  }
}

function damaged(error: unknown, name?: string): never {
  if (error instanceof CallerError) throw error
  const where = name === undefined ? '' : ` within ${name}`
  throw new CallerError(backupDamaged, `It was cut or changed${where}: ${(error as Error).message}.`, { cause: error })
}
