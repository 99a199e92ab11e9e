import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { AgentError } from '../../core/errors.ts'
import type { Files, FileStat, FileWriter } from '../../core/platform.ts'

/** Bytes read at once. */
const chunkBytes = 65_536

/**
 * The agent's directory on a real file system. Its calls are synchronous underneath: an agent does one thing at a time, a
 * write that waits for the disk is the back-pressure a download needs, and no thread pool has to be kept in memory.
 */
export function nodeFiles(root: string): Files {
  const at = (path: string): string => join(root, path)
  return {
    read: async (path) => orNull(() => fs.readFileSync(at(path))),
    chunks: (path) => readChunks(at(path)),
    create: async (path, mode) => told(() => openWriter(at(path), 'wx', mode, null)),
    extend: async (path, size) => told(() => openWriter(at(path), 'r+', null, size)),
    copy: async (from, to, mode) => told(() => copyFile(at(from), at(to), mode)),
    setMode: async (path, mode) => told(() => withFile(at(path), (file) => changeMode(file, mode))),
    makeDirectory: async (path) => told(() => void fs.mkdirSync(at(path), { recursive: true, mode: 0o755 })),
    syncDirectory: async (path) => told(() => syncDirectory(at(path))),
    rename: async (from, to) => told(() => fs.renameSync(at(from), at(to))),
    symlink: async (target, path) => told(() => fs.symlinkSync(target, at(path), 'dir')),
    readLink: async (path) => orNull(() => fs.readlinkSync(at(path))),
    remove: async (path) => told(() => fs.rmSync(at(path), { recursive: true, force: true })),
    list: async (path) => (orNull(() => fs.readdirSync(at(path))) ?? []).toSorted(),
    stat: async (path) => orNull(() => stat(at(path))),
    space: async () => told(() => space(root)),
  }
}

/** Makes the agent's own directory; what is secret in it has a mode of its own. */
export function makeRoot(root: string): void {
  told(() => {
    fs.mkdirSync(root, { recursive: true })
    syncDirectory(dirname(root))
  })
}

function openWriter(path: string, flags: string, mode: number | null, size: number | null): FileWriter {
  const file = fs.openSync(path, flags, mode ?? undefined)
  try {
    // The mode given to open is cut by the process's mask.
    if (mode !== null) fs.fchmodSync(file, mode)
    if (size !== null) fs.ftruncateSync(file, size)
  } catch (error) {
    fs.closeSync(file)
    throw error
  }
  let position = size ?? 0
  const write = (bytes: Uint8Array): void => {
    for (let done = 0; done < bytes.length;) {
      const written = fs.writeSync(file, bytes, done, bytes.length - done, position)
      done += written
      position += written
    }
  }
  return {
    write: async (bytes) => told(() => write(bytes)),
    sync: async () => told(() => fs.fsyncSync(file)),
    close: async () => told(() => fs.closeSync(file)),
  }
}

async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = told(() => fs.openSync(path, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0)))
  try {
    // No larger than what there is: of a thousand small files each would leave one behind until garbage is collected.
    const { size } = told(() => fs.fstatSync(file))
    const buffer = new Uint8Array(Math.min(chunkBytes, Math.max(size, 1)))
    for (;;) {
      const length = told(() => fs.readSync(file, buffer, 0, buffer.length, null))
      if (length === 0) return
      yield buffer.subarray(0, length)
    }
  } finally {
    fs.closeSync(file)
  }
}

function copyFile(from: string, to: string, mode: number): void {
  fs.copyFileSync(from, to, fs.constants.COPYFILE_EXCL | fs.constants.COPYFILE_FICLONE)
  withFile(to, (file) => changeMode(file, mode))
}

function changeMode(file: number, mode: number): void {
  fs.fchmodSync(file, mode)
  fs.fsyncSync(file)
}

export function syncDirectory(path: string): void {
  // Windows cannot open a directory, and keeps its entries durable by itself.
  if (process.platform !== 'win32') withFile(path, fs.fsyncSync)
}

function withFile(path: string, act: (file: number) => void): void {
  const file = fs.openSync(path, 'r')
  try {
    act(file)
  } finally {
    fs.closeSync(file)
  }
}

function stat(path: string): FileStat {
  const found = fs.lstatSync(path)
  const kind = found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other'
  return { kind, size: found.size, mode: found.mode & 0o777 }
}

function space(path: string): { total: number; free: number } {
  const { bsize, blocks, bavail } = fs.statfsSync(path)
  return { total: bsize * blocks, free: bsize * bavail }
}

function orNull<T>(act: () => T): T | null {
  try {
    return act()
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null
    throw diskError(error)
  }
}

function told<T>(act: () => T): T {
  try {
    return act()
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
