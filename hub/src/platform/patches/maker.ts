import { spawn, type ChildProcess } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import type { Milliseconds } from '../clock.ts'
import { OutsideError, errorCode } from '../errors.ts'
import { patchParameters } from './parameters.ts'

export const patchFailed = errorCode(
  'patch-failed',
  503,
  'A patch could not be made',
  'Devices get the whole file instead; the hub tries again later. If it stays, give it more memory with SUTLER_PATCH_MEMORY.',
)

export interface PatchSource {
  readonly digest: string
  readonly path: string
  /** Bytes. */
  readonly size: number
}

export interface Patch {
  /** Of the patch itself. */
  readonly digest: string
  /** Bytes. */
  readonly size: number
  readonly content: AsyncIterable<Uint8Array>
}

export interface PatchLimits {
  /** Bytes that the process may have. */
  readonly memory: number
  readonly deadline: Milliseconds
}

const program = new URL('child.mjs', import.meta.url).pathname
/** No threads and no compiled code: what V8 sets aside for them would count as memory. All of the work is native. */
const small = ['--single-threaded', '--jitless', '--max-old-space-size=64', '--max-semi-space-size=1', '--no-warnings']
const headBytes = 40

/**
 * Makes the patch from one file to another, content coded `dcz` (RFC 9842), in a process of its own with a limit on its memory.
 * @param take reads the patch to its end. @returns what `take` returns; null when a patch would not be worth while
 * @throws OutsideError `patch-failed`: it took too long, needed too much, or `stop` came
 */
export async function makePatch<T>(
  from: PatchSource,
  to: PatchSource,
  limits: PatchLimits,
  stop: AbortSignal,
  take: (patch: Patch) => Promise<T>,
): Promise<T | null> {
  const parameters = patchParameters(from.size, to.size, limits.memory)
  if (parameters === null) return null
  const { windowLog, tableLog, memory } = parameters
  const child = start([from.path, to.path, from.digest, String(windowLog), String(tableLog)], memory)
  const ended = watch(child, limits.deadline, stop)
  // Awaited below; until then its failure is nobody's.
  ended.catch(() => {})
  const bytes = child.stdout![Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const { head, rest } = await readHead(bytes)
  if (head === null) {
    await ended
    return null
  }
  const size = Number(head.readBigUInt64BE(32))
  const content = counted(rest, bytes, size)
  const taken = await take({ digest: head.toString('hex', 0, 32), size, content }).finally(() => child.kill('SIGKILL'))
  return taken
}

function start(words: readonly string[], memory: number): ChildProcess {
  const node = [process.execPath, ...small, program, ...words]
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe']
  // The limit of the system itself, where it has one: a failed allocation ends the child and nobody else.
  const limited = ['-c', 'ulimit -d "$0" && exec "$@"', String(Math.ceil(memory / 1024)), ...node]
  const child =
    process.platform === 'win32'
      ? spawn(node[0]!, node.slice(1), { stdio, env: {} })
      : spawn('/bin/sh', limited, { stdio, env: {} })
  try {
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It has ended already; how is told by its end.
  }
  return child
}

function watch(child: ChildProcess, deadline: Milliseconds, stop: AbortSignal): Promise<void> {
  let said = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-500)))
  return new Promise((resolve, reject) => {
    let why: string | null = null
    const end = (reason: string): void => {
      why = reason
      child.kill('SIGKILL')
    }
    const late = setTimeout(() => end(`it took longer than ${deadline / 1000} s`), deadline)
    const stopped = (): void => end('the hub stops')
    stop.addEventListener('abort', stopped)
    if (stop.aborted) stopped()
    const settle = (failure: string | null): void => {
      clearTimeout(late)
      stop.removeEventListener('abort', stopped)
      if (failure === null) resolve()
      else reject(new OutsideError(patchFailed, `The process that makes it ended: ${failure}.`))
    }
    child.once('error', (error) => settle(error.message))
    child.once('close', (code, signal) => settle(code === 0 ? null : (why ?? `${signal ?? code}; ${said.trim()}`)))
  })
}

async function readHead(bytes: AsyncIterator<Buffer>): Promise<{ head: Buffer | null; rest: Buffer }> {
  let got = Buffer.alloc(0)
  while (got.length < headBytes) {
    const next = await bytes.next()
    if (next.done) return { head: null, rest: got }
    got = Buffer.concat([got, next.value])
  }
  return { head: got.subarray(0, headBytes), rest: got.subarray(headBytes) }
}

async function* counted(first: Buffer, bytes: AsyncIterator<Buffer>, size: number): AsyncGenerator<Uint8Array> {
  let left = size - first.length
  if (first.length > 0) yield first
  while (left > 0) {
    const next = await bytes.next()
    if (next.done) throw new OutsideError(patchFailed, `The process that makes it ended ${left} bytes before its end.`)
    left -= next.value.length
    yield next.value
  }
}
