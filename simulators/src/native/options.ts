import { FleetError } from './errors.ts'
import { hostOf } from './net/loopback.ts'
import { noFaults } from './plan/fault-plan.ts'
import type { FaultRates } from './plan/fault-plan.ts'
import type { UnhealthyShares } from './plan/unhealthy.ts'

/** What a fleet is to be. */
export interface FleetOptions {
  readonly devices: number
  /** The hub's address, `https://host:port`, without a slash at its end. */
  readonly hub: string
  /** Whom the hub is recognised by, PEM; null = those that the system trusts. */
  readonly authority: string | null
  /** Of a person who may create households, claims and orders; null = `claim` must be given. */
  readonly token: string | null
  /** A claim for all devices; null = one household, with a claim of its own, per `perHousehold` devices. */
  readonly claim: string | null
  readonly perHousehold: number
  /** Decides everything about every device. */
  readonly seed: number
  /** Directory that remembers the devices between runs, or null. */
  readonly state: string | null
  /** Ordered for every household as soon as its devices are connected. */
  readonly order: { readonly service: string; readonly version: string | null } | null
  /** How long to stay, or, with an order, to wait at most, in milliseconds. */
  readonly duration: number
  readonly faults: FaultRates
  readonly unhealthy: UnhealthyShares
  readonly allowRemote: boolean
  /** HTTP connections per server. */
  readonly sockets: number
  /** Devices that enrol and connect at the same time. */
  readonly starting: number
  readonly keepAliveSeconds: number
  /** Whether to ask the hub at the end what became of the orders. */
  readonly checkOrders: boolean
}

/** The options with defaults filled in: only `hub` is needed, and a token or a claim. */
export type FleetRequest = Partial<Omit<FleetOptions, 'faults'>> & { hub: string; faults?: Partial<FaultRates> }

const mostDevices = 100_000
const stayMilliseconds = 60_000
const orderMilliseconds = 600_000

/**
 * Fills in defaults and checks the options.
 * @throws FleetError `bad-option`, `not-loopback`, `unsupported-url`
 */
export function fleetOptions(request: FleetRequest): FleetOptions {
  const options: FleetOptions = {
    devices: 10,
    authority: null,
    token: null,
    claim: null,
    perHousehold: 3,
    seed: 1,
    state: null,
    order: null,
    duration: request.order ? orderMilliseconds : stayMilliseconds,
    unhealthy: {},
    allowRemote: false,
    sockets: 32,
    starting: 64,
    keepAliveSeconds: 120,
    checkOrders: true,
    ...request,
    hub: request.hub.replace(/\/+$/, ''),
    faults: { ...noFaults, ...request.faults },
  }
  check(options)
  return options
}

function check(options: FleetOptions): void {
  inRange('devices', options.devices, 1, mostDevices)
  inRange('per-household', options.perHousehold, 1, 1000)
  inRange('seed', options.seed, 0, 2 ** 31)
  inRange('duration', options.duration, 0, 7 * 86_400_000)
  inRange('sockets', options.sockets, 1, 1024)
  inRange('starting', options.starting, 1, 10_000)
  inRange('keep-alive', options.keepAliveSeconds, 5, 65_535)
  for (const [fault, rate] of Object.entries(options.faults)) {
    if (!(rate >= 0 && rate <= 1)) throw new FleetError('bad-option', `--${fault} is a share from 0 to 1, not ${rate}`)
  }
  for (const [version, share] of Object.entries(options.unhealthy)) {
    if (!/^[^@]+@[^@]+$/.test(version) || !(share >= 0 && share <= 1))
      throw new FleetError(
        'bad-option',
        `--unhealthy is service@version=share, a share from 0 to 1, not ${version}=${share}`,
      )
  }
  hostOf(options.hub, 'http', options.allowRemote)
  if (options.token === null && options.claim === null) {
    throw new FleetError('bad-option', 'give --token, SUTLER_TOKEN, a login of the command line, or --claim')
  }
  if (options.token === null && options.order) {
    throw new FleetError(
      'bad-option',
      '--order needs a token: give --token, SUTLER_TOKEN, or log in with the command line',
    )
  }
}

function inRange(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new FleetError('bad-option', `--${name} is a whole number from ${least} to ${most}, not ${value}`)
}
