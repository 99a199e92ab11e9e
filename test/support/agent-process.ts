import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = new URL('../../', import.meta.url).pathname

/** A device agent in a process of its own, kept running as an init system would keep it. */
export interface AgentProcess {
  readonly directory: string
  readonly pid: number
  /** SIGKILL, and not started again until `start`. */
  kill(): Promise<void>
  start(): void
  /** Ends it and removes its directory. */
  stop(): Promise<void>
  output(): string
}

export interface AgentProcessOptions {
  readonly hub: string
  readonly claim: string | null
  /** More words of its command line. */
  readonly more?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly class: 'set-top-box' | 'phone' | 'gateway'
  readonly serial: string
}

/** Starts an agent in a fresh directory. The caller stops it. */
export async function startAgent(options: AgentProcessOptions): Promise<AgentProcess> {
  const directory = await mkdtemp(join(tmpdir(), `sutler-${options.class}-`))
  const { hub, claim, serial, more = [] } = options
  const claimed = claim === null ? [] : ['--claim', claim]
  const given = ['--hub', hub, ...claimed, ...more, '--dir', directory, '--class', options.class, '--serial', serial]
  const output: string[] = []
  let child: ChildProcess | null = null
  let wanted = false
  const start = (): void => {
    wanted = true
    const started = spawn(
      process.execPath,
      [join(root, 'agent/src/main.ts'), ...given, '--restart', 'exit', '--json-log'],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...options.env },
      },
    )
    child = started
    for (const stream of [started.stdout, started.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output.push(text)
        if (output.length > 1000) output.shift()
      })
    started.on('exit', (code) => {
      // 75: the agent asks for the restart of its device.
      if (wanted && child === started && code === 75) start()
    })
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    wanted = false
    const ending = child
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return
    const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
    ending.kill(signal)
    await ended
  }
  start()
  return {
    directory,
    get pid() {
      return child!.pid!
    },
    start,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM')
      await rm(directory, { recursive: true, force: true })
    },
    output: () => output.join(''),
  }
}
