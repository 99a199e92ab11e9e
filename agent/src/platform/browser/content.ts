import { AgentError } from '../../core/errors.ts'
import type { FileWriter } from '../../core/platform.ts'
import { storageError } from './database.ts'

/** Bytes read at once. */
const chunkBytes = 262_144

/** The bytes of files, in the browser's own file system (OPFS), each under a name that is never used again. */
export class Contents {
  private readonly directory: FileSystemDirectoryHandle

  private constructor(directory: FileSystemDirectoryHandle) {
    this.directory = directory
  }

  static async open(): Promise<Contents> {
    return stored(async () => {
      const root = await navigator.storage.getDirectory()
      return new Contents(await root.getDirectoryHandle('device', { create: true }))
    })
  }

  static async remove(): Promise<void> {
    const root = await navigator.storage.getDirectory()
    await root.removeEntry('device', { recursive: true }).catch(absent)
  }

  async names(): Promise<string[]> {
    const names: string[] = []
    for await (const name of this.directory.keys()) names.push(name)
    return names
  }

  /** Null where the browser has lost it. A snapshot: it says what was there when it was asked for. */
  async file(name: string): Promise<File | null> {
    return stored(async () => {
      const handle = await this.directory.getFileHandle(name).catch(absent)
      return handle === null ? null : handle.getFile()
    })
  }

  /** Piece by piece, each good until the next. @throws AgentError `disk` when it is lost */
  async *chunks(name: string): AsyncGenerator<Uint8Array> {
    const file = await this.file(name)
    if (file === null) throw lost(name)
    for (let at = 0; at < file.size; at += chunkBytes)
      yield await stored(async () => new Uint8Array(await file.slice(at, at + chunkBytes).arrayBuffer()))
  }

  /** @param size null = it is new; else it is cut to that many bytes, and written on from there */
  async write(name: string, size: number | null): Promise<FileWriter> {
    return stored(async () => {
      const file = await this.directory.getFileHandle(name, { create: size === null })
      const handle = await file.createSyncAccessHandle()
      if (size !== null) handle.truncate(size)
      return writerOf(handle, size ?? 0)
    })
  }

  /** What nobody refers to is of no harm: it is tried again at the next start. */
  async remove(name: string): Promise<void> {
    await this.directory.removeEntry(name).catch(() => undefined)
  }
}

function writerOf(handle: FileSystemSyncAccessHandle, from: number): FileWriter {
  let position = from
  return {
    write: (bytes) =>
      stored(async () => {
        for (let done = 0; done < bytes.length;) {
          const written = handle.write(bytes.subarray(done) as Uint8Array<ArrayBuffer>, { at: position })
          if (written === 0) throw new AgentError('no-space', 'the browser gives this page no more storage')
          done += written
          position += written
        }
      }),
    sync: () => stored(async () => handle.flush()),
    close: async () => handle.close(),
  }
}

async function stored<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw storageError(error)
  }
}

function absent(error: unknown): null {
  if (error instanceof DOMException && error.name === 'NotFoundError') return null
  throw error
}

function lost(name: string): AgentError {
  return new AgentError('disk', `the browser has lost the content ${name}`)
}
