import { createHash } from 'node:crypto'
import type { Output, Unit } from '@sutler/device-model'
import type { ConformanceHost, SimulatedDevice, Stop } from '@sutler/device-model/conformance'
import { CwmpDevice } from '@sutler/simulators/cwmp'
import type { IdentityClaim, IdentityProof, ProgressStage } from '@sutler/device-model'
import type { Acs } from './acs.ts'

/** What each stage fails with, as the standard has it. */
const codes = { downloading: 9010, verifying: 9018, installing: 9002 } as const
/** Methods that stand for what the hub asks. */
const asks: Readonly<Record<string, Output['kind']>> = {
  Reboot: 'restart',
  SetParameterValues: 'configure',
  Upload: 'collect-log',
}

/** The simulated device with the verbs of the suite. */
export class ConformanceDevice implements SimulatedDevice {
  readonly id: string
  readonly claim: SimulatedDevice['claim']
  readonly cpe: CwmpDevice
  readonly #role: 'unit' | 'firmware'
  #on = false
  /** The first Inform, until it was taken. */
  #news: string | null = null

  constructor(host: ConformanceHost, acs: Acs, number: number, role: 'unit' | 'firmware') {
    this.id = `dev-cwmp-${number}`
    this.#role = role
    const identity = { manufacturer: 'Sim', oui: '0000C0', productClass: 'Box', serialNumber: `S${number}` }
    const login = { username: `box-${number}`, password: `secret-${number}` }
    this.claim = { protocol: 'cwmp', identity: `0000C0-Box-S${number}` }
    host.admit('cwmp', this.claim.identity, {
      device: this.id,
      class: role === 'unit' ? 'set-top-box' : 'gateway',
      accepts: (claim) => shows(claim, login),
      secret: { username: 'acs', secret: 'please' },
    })
    const model = role === 'unit' ? 'tr181' : 'tr098'
    this.cpe = new CwmpDevice({ acs: acs.url, login, identity, model, version: '0.9' })
  }

  async on(): Promise<void> {
    this.#on = true
    this.#news = this.cpe.sessions.length === 0 ? '0 BOOTSTRAP' : '1 BOOT'
  }

  async off(): Promise<void> {
    this.#on = false
  }

  /** What it has ordered work for it does; else it comes as if its time had come. */
  async turn(): Promise<void> {
    if (!this.#on) return
    try {
      if (this.#news !== null) {
        const boot = { code: '1 BOOT' }
        const events = this.#news === '1 BOOT' ? [boot] : [{ code: this.#news }, boot]
        if ((await this.cpe.inform(...events)).ended) this.#news = null
      } else if (!(await this.cpe.step())) {
        await this.cpe.periodic()
      }
    } catch (error) {
      // The hub is away; the device tries again.
      if (!(error instanceof Error && 'code' in error)) throw error
    }
  }

  failAt(stop: Stop | null): void {
    const { faults } = this.cpe
    const method = this.#role === 'unit' ? 'ChangeDUState' : 'Download'
    faults.refuse = stop === 'accept' ? { method, code: 9001 } : null
    faults.fail =
      stop !== null && stop in codes
        ? { stage: stop as keyof typeof codes, code: codes[stop as keyof typeof codes] }
        : null
  }

  holdAt(stage: ProgressStage | null): void {
    this.cpe.faults.hold = stage as 'downloading' | null
  }

  held(): boolean {
    return this.cpe.held
  }

  stutter(on: boolean): void {
    this.cpe.faults.stutter = on
  }

  runs(): readonly Unit[] {
    const { installer, model } = this.cpe
    if (this.#role === 'unit') return installer.units()
    return [{ name: installer.firmware, version: model.value('DeviceInfo.SoftwareVersion') }]
  }

  alter(units: readonly Unit[]): void {
    this.cpe.installer.alter(units)
  }

  pretend(on: boolean): void {
    this.cpe.faults.pretend = on
  }

  installs(): number {
    return this.cpe.installer.installs
  }

  asked(): readonly Output['kind'][] {
    return this.cpe.asked.flatMap((method) => asks[method] ?? [])
  }
}

/** Whether the claim is this login's, by Digest or Basic; what registration does with what it keeps. */
function shows({ proof }: IdentityClaim, { username, password }: { username: string; password: string }): boolean {
  if ('password' in proof) return proof.password === password && proof.username === username
  return 'digest' in proof && digested(proof, username, password)
}

function digested(
  { digest }: Extract<IdentityProof, { digest: unknown }>,
  username: string,
  password: string,
): boolean {
  const hash = (text: string) => createHash('md5').update(text).digest('hex')
  const { realm, nonce, nc, cnonce, method, uri, response } = digest
  const secret = hash(`${username}:${realm}:${password}`)
  return response === hash(`${secret}:${nonce}:${nc}:${cnonce}:auth:${hash(`${method}:${uri}`)}`)
}
