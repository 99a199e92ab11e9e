import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { needProgram } from './image.ts'

export interface SwupdateOptions {
  /** A folder of its own. */
  readonly directory: string
  readonly url: string
  readonly tenant: string
  readonly controller: string
  readonly targetToken: string
  /** PEM file: whose images it takes. */
  readonly publicKey: string
  /** Sent as configData. */
  readonly identify: Readonly<Record<string, string>>
}

/** Debian's swupdate as an ordinary process, polling a hub as its suricatta daemon does. */
export class Swupdate {
  readonly #options: SwupdateOptions
  #child: ChildProcess | null = null
  /** What it has written, all of its runs together. */
  log = ''

  #identify: Readonly<Record<string, string>>

  constructor(options: SwupdateOptions) {
    this.#options = options
    this.#identify = options.identify
  }

  /** From its next start on it says this of itself beside. */
  identify(more: Readonly<Record<string, string>>): void {
    this.#identify = { ...this.#identify, ...more }
  }

  /** @param confirm it comes back after a restart into what it has installed: it says how that went */
  async start(confirm?: 'good' | 'bad'): Promise<void> {
    const { directory } = this.#options
    const run = join(directory, 'run')
    await mkdir(run, { recursive: true })
    const configuration = join(directory, 'swupdate.cfg')
    await writeFile(configuration, this.#configuration())
    const suricatta = confirm === undefined ? '' : `-c ${confirm === 'good' ? 2 : 3}`
    // Its sockets would be the machine's, were it not for these.
    const env = { ...process.env, TMPDIR: run, RUNTIME_DIRECTORY: run }
    const child = spawn(needProgram('swupdate'), ['-f', configuration, '-H', 'board:1.0', '-u', suricatta], {
      env,
      cwd: directory,
    })
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (this.log += text))
    this.#child = child
    await once(child, 'spawn')
  }

  async stop(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await ended
    clearTimeout(timer)
  }

  #configuration(): string {
    const { url, tenant, controller, targetToken, publicKey } = this.#options
    const attributes = Object.entries(this.#identify).map(
      ([name, value]) => `{ name = "${name}"; value = "${value}"; }`,
    )
    return `globals : { verbose = true; loglevel = 5; syslog = false; public-key-file = "${publicKey}"; };
suricatta : {
  tenant = "${tenant}"; id = "${controller}"; url = "${url}"; targettoken = "${targetToken}";
  polldelay = 1; retry = 5; retrywait = 1; connection-timeout = 10; userid = ${process.getuid!()}; groupid = ${process.getgid!()};
};
identify : ( ${attributes.join(', ')} );
`
  }
}
