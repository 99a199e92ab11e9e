import { setTimeout as sleep } from 'node:timers/promises'
import { readArtifact, type ArtifactHeader } from './artifact.ts'
import { DeviceApi, type ApiAnswer } from './device-api.ts'
import { menderKey, type MenderKey, type MenderKeyType } from './device-key.ts'

/** Stages of a deployment, as a Mender client reports them. */
export type MenderStage = 'downloading' | 'installing' | 'rebooting'

/** What disturbs deployments. All may be changed between two polls. */
export interface MenderFaults {
  /** Where it goes wrong: the client reports failure. `given`: it cannot take the artifact at all. */
  failAt?: MenderStage | 'given' | undefined
  /** The stage at which power is lost, before it is reported. */
  losePowerAt?: MenderStage | undefined
  /** The connection breaks after so many bytes of the artifact, once; the client goes on by Range. */
  cutDownloadAt?: number | undefined
  /** It cannot go back: what fails leaves the artifact inconsistent, and its name says so. */
  noRollback?: boolean | undefined
  /** Every report is sent twice, and the first one of all once more. */
  repeats?: boolean | undefined
  /** The last report never gets through. */
  losesEnd?: boolean | undefined
  /** It reports success, and has changed nothing. */
  pretends?: boolean | undefined
}

export interface MenderDeviceOptions {
  /** Base URL of the hub. */
  readonly hub: string
  /** What its identity script prints. */
  readonly identity: Readonly<Record<string, string>>
  readonly deviceType: string
  readonly artifact?: string
  /** One that it has already, or what kind it is to make. */
  readonly key?: MenderKeyType | MenderKey
  readonly tenantToken?: string
  /** What its inventory scripts print. */
  readonly inventory?: Readonly<Record<string, string>>
  /** The client's generation decides how it asks: v2 and v1 by POST, or v1 by GET. */
  readonly asks?: 'v2' | 'v1' | 'v1-get'
  readonly reboots?: boolean
  readonly faults?: MenderFaults
  /** Called before each report: what a test lets happen in the middle. */
  readonly during?: (status: string) => Promise<void>
  /** Between two tries of a request that the hub could not take. */
  readonly retryMilliseconds?: number
}

/** How a poll ended. */
export type Polled =
  | 'unauthorized'
  | 'nothing'
  | 'success'
  | 'failure'
  | 'already-installed'
  | 'aborted'
  | 'power-lost'
  | 'refused'

interface Instructions {
  readonly id: string
  readonly artifact: { readonly artifact_name: string; readonly source: { readonly uri: string } }
}

/** The device is switched off: whatever it was doing ends here. */
class PowerLost extends Error {}

/** One simulated Mender device: authenticates, asks, installs and reports as mender-client does. */
export class MenderDevice {
  readonly options: MenderDeviceOptions
  readonly faults: MenderFaults
  /** Statuses that the hub has answered, in order. */
  readonly answers: { readonly status: string; readonly answer: number }[] = []
  /** What it has in place: `artifact_name`, and what its artifacts provide. */
  provides: Record<string, string>
  /** How often it has installed something. */
  installs = 0
  #key: MenderKey
  readonly #api: DeviceApi
  #powered = true
  /** The deployment that it would find in its store after a power cut: what was not stored is forgotten. */
  #stored: string | null = null

  constructor(options: MenderDeviceOptions) {
    this.options = options
    this.faults = options.faults ?? {}
    this.provides = { artifact_name: options.artifact ?? 'factory' }
    this.#key = keyOf(options)
    this.#api = new DeviceApi(options.hub, async () => {
      await sleep(this.options.retryMilliseconds ?? 1_000)
      this.#stillOn()
    })
  }

  get publicKey(): string {
    return this.#key.public
  }

  /** That it shows; '' while it has none. */
  get token(): string {
    return this.#api.token
  }

  get artifact(): string {
    return this.provides['artifact_name']!
  }

  /** As its identity script says it, in the order it was written. */
  get identity(): string {
    return JSON.stringify(this.options.identity)
  }

  /** Ends what it is doing without a word. */
  off(): void {
    this.#powered = false
    this.#api.forgetToken()
  }

  /** Starts again. ▲ A deployment that was interrupted after its download is reported as failed. */
  async on(): Promise<void> {
    this.#powered = true
    const interrupted = this.#stored
    this.#stored = null
    if (interrupted !== null) await this.#end(interrupted, 'failure')
    await this.sendInventory()
  }

  /** @returns whether it was accepted */
  async authenticate(): Promise<boolean> {
    const { tenantToken = null } = this.options
    return (await this.#api.authenticate(this.identity, this.#key, tenantToken)) === 200
  }

  /** Throws the key away and makes another one. */
  rotateKey(): void {
    const { key } = this.options
    this.#key = menderKey(typeof key === 'string' ? key : 'ed25519')
    this.#api.forgetToken()
  }

  /** Something other than the hub puts an artifact in place. */
  setArtifact(name: string): void {
    this.provides = { artifact_name: name }
  }

  /** @returns status of the answer */
  async sendInventory(method: 'PUT' | 'PATCH' = 'PUT'): Promise<number> {
    const own = { device_type: this.options.deviceType, mender_client_version: '3.4.0', artifact_name: this.artifact }
    const all = { ...this.options.inventory, ...own }
    const body = Object.entries(all).map(([name, value]) => ({ name, value }))
    return (await this.#ask(method, '/v1/inventory/device/attributes', body)).status
  }

  /** Asks for work, and does it. */
  async poll(): Promise<Polled> {
    try {
      const answer = await this.askNext()
      if (answer.status === 401) return 'unauthorized'
      if (answer.status === 204) return 'nothing'
      if (answer.status !== 200) return 'refused'
      return await this.#deploy(JSON.parse(answer.body.toString('utf8')) as Instructions)
    } catch (error) {
      if (error instanceof PowerLost) return 'power-lost'
      throw error
    }
  }

  /** `deployments/next`, and nothing done about it. */
  askNext(): Promise<ApiAnswer> {
    const next = '/deployments/device/deployments/next'
    const provides = { ...this.provides, device_type: this.options.deviceType }
    const { asks = 'v2' } = this.options
    if (asks === 'v1') return this.#ask('POST', `/v1${next}`, provides)
    if (asks === 'v2') return this.#ask('POST', `/v2${next}`, { device_provides: provides, update_control_map: true })
    const query = new URLSearchParams({ artifact_name: this.artifact, device_type: this.options.deviceType })
    return this.#ask('GET', `/v1${next}?${query.toString()}`)
  }

  /** @returns status of the answer */
  async report(id: string, status: string, substate?: string): Promise<number> {
    const path = `/v1/deployments/device/deployments/${id}/status`
    const { status: answer } = await this.#ask('PUT', path, { status, ...(substate === undefined ? {} : { substate }) })
    this.answers.push({ status, answer })
    return answer
  }

  /** @returns status of the answer */
  async sendLog(id: string, messages: readonly object[]): Promise<number> {
    return (await this.#ask('PUT', `/v1/deployments/device/deployments/${id}/log`, { messages })).status
  }

  async #deploy({ id, artifact }: Instructions): Promise<Polled> {
    if (artifact.artifact_name === this.artifact) return this.#end(id, 'already-installed')
    if (this.faults.failAt === 'given') return this.#failed(id, 'given', artifact.artifact_name)
    const stages: readonly MenderStage[] = this.options.reboots
      ? ['downloading', 'installing', 'rebooting']
      : ['downloading', 'installing']
    let header: ArtifactHeader | null = null
    for (const stage of stages) {
      if (this.faults.losePowerAt === stage) throw new PowerLost()
      if ((await this.#reportStage(id, stage)) === 409) return this.#goneBack(id, stage, artifact.artifact_name)
      if (stage === 'downloading') header = await this.#fetched(artifact)
      this.#stillOn()
      this.#stored = id
      if (header === null || this.faults.failAt === stage) return this.#failed(id, stage, artifact.artifact_name)
    }
    this.installs++
    if (!this.faults.pretends) this.provides = { ...this.provides, ...header!.provides, artifact_name: header!.name }
    return this.#end(id, 'success')
  }

  async #reportStage(id: string, stage: MenderStage): Promise<number> {
    await this.options.during?.(stage)
    this.#stillOn()
    const answer = await this.report(id, stage)
    if (this.faults.repeats) {
      await this.report(id, 'downloading')
      await this.report(id, stage)
    }
    return answer
  }

  /** @returns null when it is not what the hub said, as the client checks it */
  async #fetched({ source, artifact_name: name }: Instructions['artifact']): Promise<ArtifactHeader | null> {
    const { cutDownloadAt = Infinity } = this.faults
    let bytes = (await this.#api.download(source.uri, 0, cutDownloadAt)).body
    if (cutDownloadAt !== Infinity) {
      const rest = await this.#api.download(source.uri, bytes.length)
      if (rest.status !== 206) return null
      bytes = Buffer.concat([bytes, rest.body])
    }
    try {
      const header = readArtifact(bytes)
      return header.name === name && header.deviceTypes.includes(this.options.deviceType) ? header : null
    } catch {
      return null
    }
  }

  async #failed(id: string, stage: MenderStage | 'given', name: string): Promise<Polled> {
    if (this.faults.noRollback && stage === 'installing') this.setArtifact(`${name}_INCONSISTENT`)
    return this.#end(id, 'failure', `${stage} failed`)
  }

  /** The hub has taken it back: the client undoes what it began, and says that it has failed. */
  async #goneBack(id: string, stage: MenderStage, name: string): Promise<Polled> {
    if (this.faults.noRollback && stage === 'installing') this.setArtifact(`${name}_INCONSISTENT`)
    await this.#end(id, 'failure', 'aborted')
    return 'aborted'
  }

  /** ▲ After a failure comes the log, and after everything but `already-installed` the inventory, at once. */
  async #end(id: string, status: 'success' | 'failure' | 'already-installed', why = ''): Promise<Polled> {
    await this.options.during?.(status)
    this.#stillOn()
    this.#stored = null
    if (this.faults.losesEnd) return status
    await this.report(id, status)
    if (this.faults.repeats) await this.report(id, status)
    const line = { timestamp: '2026-11-26T11:00:00Z', level: 'error', message: why }
    if (status === 'failure') await this.sendLog(id, [line])
    if (status !== 'already-installed') await this.sendInventory()
    return status
  }

  /** ▲ A client without a good token authenticates, and asks once more. */
  async #ask(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    this.#stillOn()
    if (!this.#api.authorized && !(await this.authenticate())) return none(401)
    const answer = await this.#api.ask(method, path, body)
    if (answer.status !== 401 || !(await this.authenticate())) return answer
    return this.#api.ask(method, path, body)
  }

  #stillOn(): void {
    if (!this.#powered) throw new PowerLost()
  }
}

function keyOf({ key = 'ed25519' }: MenderDeviceOptions): MenderKey {
  return typeof key === 'string' ? menderKey(key) : key
}

function none(status: number): ApiAnswer {
  return { status, body: Buffer.alloc(0), header: () => null }
}
