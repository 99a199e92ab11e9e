import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program that is kept running until it is stopped. */
export interface RunningProgram {
  /** The last lines that it printed. */
  readonly tail: readonly string[]
  /** Calls `listener` with each line that is a JSON object. */
  onLine(listener: (line: Readonly<Record<string, unknown>>) => void): void
  /** Rejects when it ends by itself otherwise than to be started again. */
  readonly failed: Promise<never>
  /** First politely, after five seconds for sure; resolves when it has ended. */
  stop(): Promise<void>
}

/** Exit status by which an agent asks for the restart of its device. */
const restartWanted = 75
const tailLines = 40
const politely = 5_000

/** Runs a program of this installation on the Node that runs this one; one that asks to be started again is. */
export function runProgram(args: readonly string[], env: Readonly<Record<string, string>> = {}): RunningProgram {
  const tail: string[] = []
  const listeners: ((line: Readonly<Record<string, unknown>>) => void)[] = []
  const failing = Promise.withResolvers<never>()
  // A program that ends while nobody looks at `failed` is no unhandled rejection: it is told when somebody does.
  failing.promise.catch(() => {})
  let child: ChildProcess
  let stopping = false
  const start = (): void => {
    const started = spawn(process.execPath, args, {
      env: { ...withoutSettings(process.env), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // In a process group of its own: Ctrl-C reaches this program only, which stops the others in their order.
      detached: true,
    })
    child = started
    for (const stream of [started.stdout, started.stderr])
      createInterface({ input: stream }).on('line', (text) => {
        if (tail.push(text) > tailLines) tail.shift()
        const line = objectOf(text)
        if (line !== null) for (const listener of listeners) listener(line)
      })
    started.on('error', (error) => failing.reject(error))
    started.on('exit', (code, signal) => {
      if (stopping || child !== started) return
      if (code === restartWanted) start()
      else failing.reject(new Error(`it ended (${signal ?? `status ${code}`})`))
    })
  }
  start()
  return {
    tail,
    onLine: (listener) => void listeners.push(listener),
    failed: failing.promise,
    async stop() {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), politely)
      await ended
      clearTimeout(force)
    },
  }
}

/** What is set for another hub is not meant for this one. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('SUTLER_') && name !== 'DATABASE_URL'),
  )
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  if (!text.startsWith('{')) return null
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>
  } catch {
    // A line for people that begins with a brace: it is in the tail.
    return null
  }
}
