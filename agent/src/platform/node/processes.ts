import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { Processes, ProcessResult } from '../../core/platform.ts'

/** Characters of output kept, the last ones. */
const outputKept = 2048

/** Runs programs in directories of the agent. */
export function nodeProcesses(root: string): Processes {
  return {
    async run(argv, directory, timeout, stop, input) {
      const { spawn } = await import('node:child_process')
      const [program = '', ...rest] = argv
      const child = spawn(program === 'node' ? process.execPath : program, rest, {
        cwd: join(root, directory),
        env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LANG: 'C.UTF-8' },
        stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
        // A group of its own, so that what it starts ends with it.
        detached: process.platform !== 'win32',
      })
      // A program that does not read it to its end closes the pipe: it has ended by its own will.
      child.stdin?.on('error', () => undefined).end(input)
      return watch(child, timeout, stop)
    },
  }
}

function watch(child: ChildProcess, timeout: number, stop: AbortSignal): Promise<ProcessResult> {
  let output = ''
  let timedOut = false
  const decoder = new TextDecoder()
  const keep = (chunk: Uint8Array): void =>
    void (output = (output + decoder.decode(chunk, { stream: true })).slice(-outputKept))
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return new Promise((resolve, reject) => {
    const end = (): void => endGroup(child)
    const late = setTimeout(() => {
      timedOut = true
      end()
    }, timeout)
    stop.addEventListener('abort', end)
    const settled = (): void => {
      clearTimeout(late)
      stop.removeEventListener('abort', end)
    }
    child.on('error', (error) => {
      settled()
      reject(error)
    })
    child.on('exit', (status) => {
      settled()
      // What the child left running in its group ends too, so that its pipes close.
      end()
      resolve({ status, timedOut, output: output.trim() })
    })
    if (stop.aborted) end()
  })
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    // ESRCH: the whole group has ended already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
