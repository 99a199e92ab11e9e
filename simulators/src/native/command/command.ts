import { readFileSync } from 'node:fs'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { FleetError } from '../errors.ts'
import { createFleet, lead } from '../fleet/run-fleet.ts'
import type { FleetResult } from '../fleet/fleet-result.ts'
import type { FleetRequest } from '../options.ts'
import type { FaultRates } from '../plan/fault-plan.ts'
import { savedLogin } from './login.ts'
import { reportProgress, resultText } from './report.ts'

interface Given extends Partial<FaultRates> {
  readonly devices: number
  readonly hub?: string
  readonly ca?: string
  readonly token?: string
  readonly claim?: string
  readonly perHousehold: number
  readonly seed: number
  readonly state?: string
  readonly duration?: number
  readonly order?: string
  readonly unhealthy: Readonly<Record<string, number>>
  readonly json?: boolean
  readonly allowRemote?: boolean
  readonly keepAlive: number
}

const faultTexts: Record<keyof FaultRates, string> = {
  offline: 'loses its connection for a while',
  slow: 'downloads at 64 to 512 KiB/s',
  failing: 'fails its first installs',
  duplicates: 'sends messages twice',
  skew: 'has a wrong clock until it asks the hub',
  reorder: 'sends messages in another order',
  killed: 'loses power in mid-install',
}

const footer = `
Every fault takes the share of devices that show it, 0 to 1. The same seed makes the same devices with the same faults.
npm run fleet starts Node with --max-semi-space-size=2: garbage is collected early, which keeps a large fleet small.`

/**
 * \`npm run fleet\`.
 * @returns the exit status: 0 when every device was connected and, with an order, all came to an end; 130 when interrupted
 */
export async function runCommand(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  try {
    const given = parse(words)
    return await run(given, requestOf(given, environment))
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode
    if (!(error instanceof FleetError)) throw error
    process.stderr.write(`fleet: ${error.code}: ${error.message}\n`)
    return 2
  }
}

async function run(given: Given, request: FleetRequest): Promise<number> {
  const fleet = createFleet(request)
  const interruption = new AbortController()
  const interrupt = (): void => {
    // The second time, at once.
    if (interruption.signal.aborted) process.exit(130)
    interruption.abort()
  }
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
  const endProgress = reportProgress(fleet, given.json === true)
  try {
    const result = await lead(fleet, interruption.signal)
    endProgress()
    process.stdout.write(given.json ? `${JSON.stringify(result)}\n` : resultText(result))
    return interruption.signal.aborted ? 130 : exitStatus(result)
  } finally {
    endProgress()
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
}

function exitStatus(result: FleetResult): number {
  const cutShort = result.problems.some(({ problem }) => problem.startsWith('duration'))
  return result.ready === result.devices && !cutShort ? 0 : 1
}

function parse(words: readonly string[]): Given {
  const command = new Command('fleet')
    .description('Runs many simulated devices against a hub, over its native protocol.')
    .option('--devices <n>', 'how many', number, 10)
    .option('--hub <url>', 'its address (default: of the saved login, else https://127.0.0.1:8480)')
    .option('--ca <file>', 'certificate of the authority that it is recognised by (default: of the saved login)')
    .option('--token <sut_…>', 'to create households, claims and orders (default: SUTLER_TOKEN, else the saved login)')
    .option('--claim <clm_…>', 'a claim for all devices, instead of households of their own')
    .option('--per-household <n>', 'devices per household', number, 3)
    .option('--seed <n>', 'decides everything about every device', number, 1)
    .option('--state <dir>', 'remembers the devices between runs')
    .option('--duration <time>', 'how long to stay (60s), or to wait for the order (10m): 500ms, 60s, 5m, 1h', duration)
    .option(
      '--order <service[@version]>',
      'order it for every household, wait until every device has reported, and end',
    )
    .option('--keep-alive <seconds>', 'of the MQTT connections', number, 120)
    .option('--allow-remote', 'also a hub on another machine')
    .option('--json', 'a line of JSON each second, and the result as the last one')
    .addHelpText('after', footer)
    .exitOverride()
  command.option(
    '--unhealthy <service@version=share>',
    'its health check fails on this share of the devices, however often it is installed; can be given again',
    unhealthyShare,
    {},
  )
  for (const [fault, text] of Object.entries(faultTexts)) command.option(`--${fault} <share>`, text, number)
  return command.parse(words, { from: 'user' }).opts<Given>()
}

function requestOf(given: Given, environment: NodeJS.ProcessEnv): FleetRequest {
  const direct = given.token ?? environment.SUTLER_TOKEN ?? null
  const login = direct === null && given.claim === undefined ? savedLogin(environment) : null
  const faults: Partial<Record<keyof FaultRates, number>> = {}
  for (const fault of Object.keys(faultTexts) as (keyof FaultRates)[]) {
    if (given[fault] !== undefined) faults[fault] = given[fault]
  }
  return {
    devices: given.devices,
    hub: given.hub ?? login?.hub ?? 'https://127.0.0.1:8480',
    authority: given.ca === undefined ? (login?.ca ?? null) : readAuthority(given.ca),
    token: direct ?? login?.token ?? null,
    claim: given.claim ?? null,
    perHousehold: given.perHousehold,
    seed: given.seed,
    state: given.state ?? null,
    order: given.order === undefined ? null : orderOf(given.order),
    ...(given.duration === undefined ? {} : { duration: given.duration }),
    faults,
    unhealthy: given.unhealthy,
    allowRemote: given.allowRemote === true,
    keepAliveSeconds: given.keepAlive,
  }
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new FleetError('bad-option', `--ca ${file} cannot be read`, { cause: error })
  }
}

function orderOf(text: string): { service: string; version: string | null } {
  const [service = '', version] = text.split('@', 2)
  return { service, version: version ?? null }
}

function unhealthyShare(text: string, before: Readonly<Record<string, number>>): Record<string, number> {
  const [, version, share] = /^([^@=]+@[^@=]+)=([\d.]+)$/.exec(text) ?? []
  if (version === undefined) throw new InvalidArgumentError(`"${text}" is not like tv-guide@1.1.0=0.2.`)
  return { ...before, [version]: number(share!) }
}

function number(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError(`"${text}" is no number.`)
  return value
}

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

function duration(text: string): number {
  const parts = /^(\d+)(ms|s|m|h)$/.exec(text)
  if (!parts) throw new InvalidArgumentError(`"${text}" is no duration such as 500ms, 60s, 5m or 1h.`)
  return Number(parts[1]) * units[parts[2]!]!
}
