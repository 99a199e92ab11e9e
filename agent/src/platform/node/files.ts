import { constants } from 'node:fs'
import * as fs from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AgentError } from '../../core/errors.ts'
import type { Files, FileStat, FileWriter } from '../../core/platform.ts'

/** Bytes read at once. */
const chunkBytes = 65_536

/** The agent's directory on a real file system. */
export function nodeFiles(root: string): Files {
  const at = (path: string): string => join(root, path)
  return {
    read: (path) => orNull(() => fs.readFile(at(path))),
    chunks: (path) => readChunks(at(path)),
    create: (path, mode) => told(() => openWriter(at(path), 'wx', mode, null)),
    extend: (path, size) => told(() => openWriter(at(path), 'r+', null, size)),
    copy: (from, to, mode) => told(() => copyFile(at(from), at(to), mode)),
    setMode: (path, mode) => told(() => withFile(at(path), 'r', (file) => changeMode(file, mode))),
    makeDirectory: (path) => told(async () => void (await fs.mkdir(at(path), { recursive: true, mode: 0o755 }))),
    syncDirectory: (path) => told(() => syncDirectory(at(path))),
    rename: (from, to) => told(() => fs.rename(at(from), at(to))),
    symlink: (target, path) => told(() => fs.symlink(target, at(path), 'dir')),
    readLink: (path) => orNull(() => fs.readlink(at(path))),
    remove: (path) => told(() => fs.rm(at(path), { recursive: true, force: true })),
    list: async (path) => ((await orNull(() => fs.readdir(at(path)))) ?? []).toSorted(),
    stat: (path) => orNull(() => stat(at(path))),
    space: () => told(() => space(root)),
  }
}

async function openWriter(path: string, flags: string, mode: number | null, size: number | null): Promise<FileWriter> {
  const file = await fs.open(path, flags, mode ?? undefined)
  try {
    // The mode given to open is cut by the process's mask.
    if (mode !== null) await file.chmod(mode)
    if (size !== null) await file.truncate(size)
  } catch (error) {
    await file.close()
    throw error
  }
  let position = size ?? 0
  return {
    write: (bytes) =>
      told(async () => {
        for (let done = 0; done < bytes.length;) {
          const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position)
          done += bytesWritten
          position += bytesWritten
        }
      }),
    sync: () => told(() => file.sync()),
    close: () => file.close(),
  }
}

async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await told(() => fs.open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)))
  try {
    const buffer = new Uint8Array(chunkBytes)
    for (;;) {
      const { bytesRead } = await told(() => file.read(buffer, 0, chunkBytes, null))
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

async function copyFile(from: string, to: string, mode: number): Promise<void> {
  await fs.copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  await withFile(to, 'r', (file) => changeMode(file, mode))
}

async function changeMode(file: fs.FileHandle, mode: number): Promise<void> {
  await file.chmod(mode)
  await file.sync()
}

async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open a directory, and keeps its entries durable by itself.
  if (process.platform !== 'win32') await withFile(path, 'r', (file) => file.sync())
}

async function withFile(path: string, flags: string, act: (file: fs.FileHandle) => Promise<void>): Promise<void> {
  const file = await fs.open(path, flags)
  try {
    await act(file)
  } finally {
    await file.close()
  }
}

async function stat(path: string): Promise<FileStat> {
  const found = await fs.lstat(path)
  const kind = found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other'
  return { kind, size: found.size, mode: found.mode & 0o777 }
}

async function space(path: string): Promise<{ total: number; free: number }> {
  const { bsize, blocks, bavail } = await fs.statfs(path)
  return { total: bsize * blocks, free: bsize * bavail }
}

async function orNull<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act()
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null
    throw diskError(error)
  }
}

async function told<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw diskError(error)
  }
}

function diskError(error: unknown): AgentError {
  const full = codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT'
  return new AgentError(full ? 'no-space' : 'disk', error instanceof Error ? error.message : String(error), error)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Makes the agent's own directory, readable by its owner's programs only where it matters (the identity is 0600). */
export async function makeRoot(root: string): Promise<void> {
  await told(async () => void (await fs.mkdir(root, { recursive: true })))
  await syncDirectory(dirname(root))
}
