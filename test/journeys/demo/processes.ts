import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program that the demo keeps running, as an init system would: started again when it ends without being told to. */
export interface Kept {
  readonly name: string
  /** Calls `listener` with each line that the program logs, parsed. */
  onLine(listener: (line: LogLine) => void): void
  /** Calls `listener` each time it was started again, with why it ended. */
  onRestart(listener: (why: string) => void): void
  /** Ends it and waits until it has ended: first politely, after five seconds for sure. */
  stop(): Promise<void>
  /** Starts it again after `stop`. */
  start(): void
  readonly pid: number | undefined
}

export type LogLine = Readonly<Record<string, unknown>>

/** Exit status by which an agent asks for the restart of its device. */
const restartWanted = 75
/** More unasked ends than this and the demo gives up. */
const patience = 10

export interface ProgramOptions {
  readonly name: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Where what it prints is kept, for when something goes wrong: the last lines. */
  readonly tail: string[]
  readonly failed: (error: Error) => void
}

/** Keeps a program of this repository running on the Node that runs the demo. */
export function keep(options: ProgramOptions): Kept {
  const lines: ((line: LogLine) => void)[] = []
  const restarts: ((why: string) => void)[] = []
  let child: ChildProcess | null = null
  let stopping = false
  let ends = 0

  const start = (): void => {
    stopping = false
    const started = spawn(process.execPath, options.args, {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // In a process group of its own: Ctrl-C at the terminal reaches the demo only, which then stops the others in order.
      detached: true,
    })
    child = started
    for (const stream of [started.stdout, started.stderr])
      createInterface({ input: stream }).on('line', (text) => {
        options.tail.push(`${options.name}: ${text}`)
        if (options.tail.length > 50) options.tail.shift()
        const line = parse(text)
        if (line !== null) for (const listener of lines) listener(line)
      })
    started.on('error', (error) => options.failed(error))
    started.on('exit', (code, signal) => {
      if (child !== started || stopping) return
      if (code !== restartWanted && ++ends > patience)
        return options.failed(new Error(`${options.name} ended again and again (${signal ?? `status ${code}`})`))
      if (code === 1 || code === 2) return options.failed(new Error(`${options.name} ended with status ${code}`))
      start()
      const why = code === restartWanted ? 'restarts' : `ended (${signal ?? `status ${code}`}) and is started again`
      for (const listener of restarts) listener(why)
    })
  }
  start()
  return {
    name: options.name,
    onLine: (listener) => lines.push(listener),
    onRestart: (listener) => restarts.push(listener),
    start,
    get pid() {
      return child?.pid
    },
    async stop() {
      stopping = true
      const ending = child
      if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return
      const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
      ending.kill('SIGTERM')
      const force = setTimeout(() => ending.kill('SIGKILL'), 5_000)
      await ended
      clearTimeout(force)
    },
  }
}

function parse(text: string): LogLine | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as LogLine) : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
