import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { firstOperator } from './first-operator.ts'

const program = new URL('../../packages/cli/src/main.ts', import.meta.url).pathname

export interface Run {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

export interface Running {
  /** So far. */
  readonly printed: { readonly out: string; readonly err: string }
  readonly ended: Promise<Run>
  /** Ctrl-C */
  interrupt(): void
}

export interface RunOptions {
  /** File of the saved login, in the directory. */
  readonly config?: string
  /** What it reads from standard input. */
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** `sutler` as a person runs it, in a process of its own, in this directory and with the login saved there. */
export class CommandLine {
  directory: string

  constructor(directory: string) {
    this.directory = directory
  }

  /** Of a file or folder in the directory. */
  path(...names: string[]): string {
    return join(this.directory, ...names)
  }

  /** As if it had logged in with that. */
  async saveLogin(login: {
    readonly hub: string
    readonly token?: string | undefined
    readonly ca?: string
  }): Promise<void> {
    await writeFile(this.path('config.json'), JSON.stringify(login))
  }

  /** As the first operator of the hub, whose password is in the file `password` from then on. */
  async logIn(hub: string): Promise<void> {
    await writeFile(this.path('password'), firstOperator.password)
    const { status, err } = await this.run(['login', '--hub', hub, '--password-file', this.path('password')])
    if (status !== 0) throw new Error(`status ${status}: ${err}`)
  }

  run(words: readonly string[], options: RunOptions = {}): Promise<Run> {
    return this.start(words, options).ended
  }

  /** Leaves it running. */
  start(words: readonly string[], { config = 'config.json', input, env = {} }: RunOptions = {}): Running {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('SUTLER_') && name !== 'FORCE_COLOR')
    const child = spawn(process.execPath, [program, ...words], {
      cwd: this.directory,
      env: { ...Object.fromEntries(own), SUTLER_CONFIG: join(this.directory, config), ...env },
    })
    // It may end without having read all of it.
    child.stdin.on('error', () => {})
    child.stdin.end(input ?? '')
    const printed = { out: '', err: '' }
    child.stdout.on('data', (text: Buffer) => (printed.out += String(text)))
    child.stderr.on('data', (text: Buffer) => (printed.err += String(text)))
    const ended = new Promise<Run>((resolve) => child.on('close', (status) => resolve({ status, ...printed })))
    return { printed, ended, interrupt: () => void child.kill('SIGINT') }
  }

  /** What `--json` printed: the last line. @throws Error with all that was printed when the command failed */
  async json(...words: string[]): Promise<Record<string, unknown>> {
    const { status, out, err } = await this.run([...words, '--json'])
    if (status !== 0) throw new Error(`status ${status}: ${out}${err}`)
    return JSON.parse(out.trim().split('\n').at(-1)!) as Record<string, unknown>
  }
}

/** For all tests of one file, at whose top this is called: in a directory of its own, there from the first test on, gone after the last. */
export function commandLineForThisFile(): CommandLine {
  const line = new CommandLine('')
  beforeAll(async () => {
    line.directory = await mkdtemp(join(tmpdir(), 'sutler-line-'))
  })
  afterAll(() => rm(line.directory, { recursive: true, force: true }))
  return line
}
