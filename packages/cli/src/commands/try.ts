import { watch as watchFiles } from 'node:fs'
import { resolve } from 'node:path'
import { ApiError } from '@sutler/client'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { readServiceSource } from '../service-source.ts'
import { SourceError } from '../source-errors.ts'
import { createTerminal, printable, type Terminal } from '../terminal.ts'
import { pause } from '../try/agents.ts'
import { openGroundAt } from '../try/ground-at-hub.ts'
import { openProvingGround, type ProvingGround } from '../try/proving-ground.ts'
import { outcomeText } from '../try/outcome-text.ts'
import type { Told } from '../try/trial.ts'
import { openSession } from '../session.ts'
import { openKeys } from '../trust/open-keys.ts'
import { collected, durationOption } from './options.ts'
import { requireValid } from './service-source.ts'

interface TryOptions {
  readonly with?: readonly string[]
  readonly watch?: boolean
  readonly keep?: boolean
  readonly hub?: boolean
  readonly key?: string
  readonly passphraseFile?: string
  readonly timeout: number
  readonly json?: boolean
}

/** `try`: a service on simulated devices, from a directory to each device's proof, in one command. */
export function addTry(program: Command): void {
  program
    .command('try')
    .description(
      'try a service on simulated devices on this machine: a hub and a real agent per device class, gone afterwards',
    )
    .argument('[directory]', 'with a service.json', '.')
    .option('--with <directory>', 'publish this service, too: one that it requires; repeat it', collected)
    .option('--watch', 'try again whenever a file changes, until Ctrl-C')
    .option('--keep', 'leave hub and devices running until Ctrl-C')
    .option(
      '--hub',
      'at the hub that you are logged in to: as a candidate, on simulated devices in a household of their own',
    )
    .option('--key <file>', 'with --hub: sign with this key of a developer whom devices trust')
    .option('--passphrase-file <file>', 'read the key’s passphrase from a file (- = standard input)')
    .addOption(durationOption('--timeout <duration>', 'how long devices may take, like 30s or 5m', 120_000, '2m'))
    .option('--json', 'print one JSON object per trial')
    .action(tryService)
}

class Interrupted extends Error {}

async function tryService(directory: string, options: TryOptions): Promise<void> {
  const terminal = createTerminal(options.json === true)
  // What is wrong with the source is told before anything is started.
  await requireValid(directory, await readServiceSource(directory))
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort(new Interrupted(signal)))
  let ground: ProvingGround | null = null
  try {
    ground = await openGround(options, terminal, stop.signal)
    for (const other of options.with ?? []) await ground.publish(await readServiceSource(other), 1)
    const trials = new Trials(ground, directory, options, terminal, stop.signal)
    process.exitCode = (await trials.next()) ? 0 : 1
    if (options.watch === true) await trials.atEachChange()
    else if (options.keep === true) await stay(ground, terminal, stop.signal)
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    if (options.watch !== true && options.keep !== true) process.exitCode = 130
  } finally {
    await ground?.clear()
  }
}

async function openGround(options: TryOptions, terminal: Terminal, stop: AbortSignal): Promise<ProvingGround> {
  if (options.hub !== true) {
    terminal.remark('A hub and simulated devices start on this machine …')
    return openProvingGround(stop)
  }
  const { key, passphraseFile, with: others = [] } = options
  if (key === undefined || others.length > 0)
    throw new CommandError(
      'option-invalid',
      key === undefined ? '--hub needs --key' : '--with is for trials on this machine',
      'Give the key of a developer whom devices of that hub trust; what a service requires has to be there already.',
    )
  const session = await openSession(options.json === true)
  const [developer] = await openKeys([key], passphraseFile)
  terminal.remark(`Simulated devices start here and enrol at ${session.connection.hub} …`)
  return openGroundAt(session, developer!, stop)
}

async function stay(ground: ProvingGround, terminal: Terminal, stop: AbortSignal): Promise<void> {
  terminal.remark(`The hub is at ${ground.url}, the devices’ files are below ${ground.directory}. Ctrl-C ends it all.`)
  for (;;) await pause(60_000, stop)
}

/** One trial after the other of the same directory. */
class Trials {
  readonly #ground: ProvingGround
  readonly #directory: string
  readonly #options: TryOptions
  readonly #terminal: Terminal
  readonly #stop: AbortSignal
  #attempts = 0
  #subscribed = false

  constructor(ground: ProvingGround, directory: string, options: TryOptions, terminal: Terminal, stop: AbortSignal) {
    this.#ground = ground
    this.#directory = directory
    this.#options = options
    this.#terminal = terminal
    this.#stop = stop
  }

  /** @returns whether every device proved it */
  async next(): Promise<boolean> {
    const source = await readServiceSource(this.#directory)
    await requireValid(this.#directory, source)
    await this.#ground.join(source.composition.components.map(({ deviceClass }) => deviceClass))
    const published = await this.#ground.publish(source, ++this.#attempts)
    const tell = (told: Told): void => this.#terminal.remark(lineOf(this.#ground, told))
    const how = { tell, patience: this.#options.timeout, stop: this.#stop }
    const outcome = await this.#ground.try(published, this.#subscribed, how).catch((error: unknown) => {
      if (error instanceof ApiError && error.code === 'relation-broken')
        throw new CommandError(
          'try-impossible',
          error.message,
          'Name the services that it requires: --with DIRECTORY.',
          error,
          1,
        )
      throw error
    })
    this.#subscribed ||= outcome.devices.length > 0
    this.#terminal.result(outcome, () => outcomeText(outcome))
    return outcome.passed
  }

  async atEachChange(): Promise<void> {
    for (;;) {
      this.#terminal.remark(`Waiting for a change in ${this.#directory}; Ctrl-C ends it.`)
      await changed(this.#directory, this.#stop)
      try {
        await this.next()
      } catch (error) {
        // It is being written: the next change may mend it.
        if (!(error instanceof SourceError || error instanceof CommandError || error instanceof ApiError)) throw error
        this.#terminal.remark(printable(`${error.message} [${error.code}]`))
      }
    }
  }
}

/** Resolves when something below the directory has changed and nothing more has for a moment. */
async function changed(directory: string, stop: AbortSignal): Promise<void> {
  const settle = 300
  await new Promise<void>((resolve_, reject) => {
    let timer: NodeJS.Timeout | undefined
    const watcher = watchFiles(resolve(directory), { recursive: true }, () => {
      clearTimeout(timer)
      timer = setTimeout(() => done(resolve_), settle)
    })
    const done = (end: () => void): void => {
      watcher.close()
      clearTimeout(timer)
      end()
    }
    watcher.on('error', (error) => done(() => reject(error)))
    stop.addEventListener('abort', () => done(() => reject(stop.reason as Error)), { once: true })
  })
}

function lineOf({ devices }: ProvingGround, { device, state, stage, detail }: Told): string {
  const what = stage !== '' && state === 'accepted' ? stage : state
  const why = state === 'failed' || state === 'cancelled' ? `  ${detail}` : ''
  return printable(`  ${(devices.get(device)?.class ?? device).padEnd(12)} ${what}${why}`)
}
