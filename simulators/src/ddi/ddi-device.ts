import { createHash } from 'node:crypto'
import { feedbackOf, readBase, readDeployment, type Deployment, type FeedbackWord } from './deployment.ts'
import { HubSession, type HubAddress, type HubAnswer } from './hub-session.ts'

export type DdiStage = 'downloading' | 'verifying' | 'installing' | 'restarting' | 'checking'

/** What disturbs installs. All may be changed between two polls. */
export interface DdiFaults {
  /** The stage that goes wrong: the device closes with a failure. `accept`: it rejects what it is asked. */
  failAt?: DdiStage | 'accept' | undefined
  /** The stage at which it waits until this is taken back. */
  holdAt?: DdiStage | undefined
  /** The connection breaks after so many bytes of a file, once; it goes on by Range. */
  cutDownloadAt?: number | undefined
  /** Everything is sent twice. */
  repeats?: boolean | undefined
  /** It closes with a success and goes on running what it ran. */
  pretends?: boolean | undefined
}

export interface DdiDeviceOptions extends HubAddress {
  /** Sent as configData. */
  readonly attributes?: Readonly<Record<string, string>>
  /** It says what it runs, as `installed.<name>`. */
  readonly reportsUnits?: boolean
  /** What it says where it is told to skip: `closed` as swupdate does, or `downloaded` as rauc's updater does. */
  readonly skipsAs?: 'closed' | 'downloaded'
  readonly confirms?: 'confirmed' | 'denied'
}

export interface DdiUnit {
  readonly name: string
  readonly version: string
}

interface Work {
  readonly deployment: Deployment
  stage: DdiStage
  bytes: Map<string, Buffer>
  /** What it ran before: what fails its check is taken back. */
  readonly before: readonly DdiUnit[]
}

const stages: readonly DdiStage[] = ['downloading', 'verifying', 'installing', 'restarting', 'checking']

/** One simulated device that polls by hawkBit's Direct Device Integration; one stage of an install a poll. */
export class DdiDevice {
  readonly faults: DdiFaults = {}
  units: readonly DdiUnit[] = []
  /** Seconds that the hub has asked it to sleep. */
  sleep = 0
  polls = 0
  installs = 0
  /** Statuses of the answers to what it has said, oldest first. */
  readonly answers: { readonly said: string; readonly status: number }[] = []
  readonly #options: DdiDeviceOptions
  #session: HubSession
  #work: Work | null = null
  /** Said until the hub has answered; kept over a loss of power. */
  #unsaid: { method: string; url: string; body: string }[] = []
  /** What it has closed. */
  readonly #closed = new Set<string>()

  constructor(options: DdiDeviceOptions) {
    this.#options = options
    this.#session = new HubSession(options)
  }

  /** It waits at the stage that it was told to wait at. */
  get held(): boolean {
    return this.#work !== null && this.#work.stage === this.faults.holdAt
  }

  get working(): boolean {
    return this.#work !== null
  }

  /** From now on it comes to another hub. */
  goTo(address: HubAddress): void {
    this.#session.cut()
    this.#session = new HubSession(address)
  }

  /** Power is lost: what was downloaded and not installed is gone. */
  losePower(): void {
    this.#session.cut()
    this.#work = null
  }

  /** One poll, with all that follows from it. @returns the status of the poll; 0 when the hub was not there */
  async poll(): Promise<number> {
    try {
      await this.#sayUnsaid()
      const answer = await this.#session.ask('GET', this.#session.base)
      this.polls++
      if (answer.status === 200) await this.#follow(answer)
      return answer.status
    } catch {
      return 0
    }
  }

  /** PUT installedBase: something else has installed a version. */
  async sayInstalled(unit: DdiUnit): Promise<number> {
    this.units = [...this.units.filter(({ name }) => name !== unit.name), unit]
    return (await this.#session.ask('PUT', `${this.#session.base}/installedBase`, { body: JSON.stringify(unit) }))
      .status
  }

  async #follow(answer: HubAnswer): Promise<void> {
    const { sleep, links } = readBase(answer.body)
    this.sleep = sleep
    if (links['configData']) await this.#sayWhatItIs(links['configData'])
    if (links['cancelAction']) await this.#stop(links['cancelAction'])
    else if (links['deploymentBase']) await this.#begin(links['deploymentBase'])
    else if (links['confirmationBase'] && this.#options.confirms) await this.#confirm(links['confirmationBase'])
    await this.#step()
  }

  #sayWhatItIs(url: string): Promise<void> {
    const units = this.units.map(({ name, version }) => [`installed.${name}`, version])
    const data = { ...this.#options.attributes, ...(this.#options.reportsUnits && Object.fromEntries(units)) }
    return this.#say('PUT', url, JSON.stringify({ mode: 'replace', data }))
  }

  async #begin(url: string): Promise<void> {
    if (this.#work) return
    const answer = await this.#session.ask('GET', url)
    if (answer.status !== 200) return
    const deployment = readDeployment(answer.body)
    if (this.#closed.has(deployment.action)) return
    if (this.faults.failAt === 'accept')
      return this.#close(deployment, { execution: 'rejected', finished: 'none', details: ['not now'] })
    this.#work = { deployment, stage: 'downloading', bytes: new Map(), before: this.units }
  }

  async #confirm(url: string): Promise<void> {
    const address = url.split('?')[0]!
    if (address.endsWith('/confirmationBase')) return
    await this.#say('POST', `${address}/feedback`, JSON.stringify({ confirmation: this.#options.confirms }))
  }

  /** It stops while nothing is changed; later is too late. */
  async #stop(url: string): Promise<void> {
    const document = JSON.parse((await this.#session.ask('GET', url)).body.toString('utf8')) as {
      cancelAction: { stopId: string }
    }
    const { stopId } = document.cancelAction
    const stage = this.#work?.deployment.action === stopId ? this.#work.stage : null
    const late = stage !== null && stages.indexOf(stage) >= stages.indexOf('installing')
    const word: FeedbackWord = late
      ? { execution: 'rejected', finished: 'none' }
      : { execution: 'closed', finished: 'success' }
    await this.#say(
      'POST',
      `${this.#session.base}/cancelAction/${stopId}/feedback`,
      feedbackOf(stopId, word, new Date()),
    )
    if (late) return
    this.#closed.add(stopId)
    if (stage !== null) this.#work = null
  }

  async #step(): Promise<void> {
    const work = this.#work
    if (!work || this.held) return
    const { deployment, stage } = work
    if (this.faults.failAt === stage) {
      this.units = work.before
      return this.#fail(deployment, `${stage} failed`)
    }
    if (stage === 'downloading' && !(await this.#download(work))) return
    if (stage === 'verifying' && !verified(work)) return this.#fail(deployment, 'a digest does not match')
    if (stage === 'verifying' && deployment.update === 'skip') return this.#skip(deployment)
    if (stage === 'installing')
      await this.#sayOf(deployment, { execution: 'proceeding', finished: 'none', progress: { cnt: 2, of: 3 } })
    if (stage === 'restarting') this.#switch(deployment)
    const next = stages[stages.indexOf(stage) + 1]
    if (next) work.stage = next
    else await this.#close(deployment, { execution: 'closed', finished: 'success', details: ['Update Installed.'] })
  }

  #switch({ name, version }: Deployment): void {
    this.installs++
    if (!this.faults.pretends) this.units = [...this.units.filter((unit) => unit.name !== name), { name, version }]
  }

  /** @returns whether all is there */
  async #download({ deployment, bytes }: Work): Promise<boolean> {
    if (bytes.size === 0) await this.#sayOf(deployment, { execution: 'download', finished: 'none' })
    for (const { name, size, url } of deployment.files) {
      const part = bytes.get(name) ?? Buffer.alloc(0)
      if (part.length === size && bytes.has(name)) continue
      const cut = this.faults.cutDownloadAt ?? Infinity
      this.faults.cutDownloadAt = undefined
      const range = part.length > 0 ? { range: `bytes=${part.length}-` } : {}
      const answer = await this.#session.ask('GET', url, range, cut)
      if (answer.status !== 200 && answer.status !== 206) return false
      bytes.set(name, answer.status === 206 ? Buffer.concat([part, answer.body]) : answer.body)
      if (bytes.get(name)!.length < size) return false
    }
    await this.#sayOf(deployment, { execution: 'downloaded', finished: 'none' })
    return true
  }

  #fail(deployment: Deployment, why: string): Promise<void> {
    return this.#close(deployment, { execution: 'closed', finished: 'failure', details: [why] })
  }

  async #skip(deployment: Deployment): Promise<void> {
    this.#work = null
    const execution = this.#options.skipsAs ?? 'closed'
    await this.#sayOf(deployment, { execution, finished: 'success', details: ['Skipped Update.'] })
  }

  async #close(deployment: Deployment, word: FeedbackWord): Promise<void> {
    this.#work = null
    this.#closed.add(deployment.action)
    await this.#sayOf(deployment, word)
  }

  #sayOf({ action }: Deployment, word: FeedbackWord): Promise<void> {
    return this.#say(
      'POST',
      `${this.#session.base}/deploymentBase/${action}/feedback`,
      feedbackOf(action, word, new Date()),
    )
  }

  async #say(method: string, url: string, body: string): Promise<void> {
    const once = { method, url, body }
    this.#unsaid.push(once, ...(this.faults.repeats ? [once] : []))
    await this.#sayUnsaid()
  }

  async #sayUnsaid(): Promise<void> {
    for (let next = this.#unsaid[0]; next; next = this.#unsaid[0]) {
      const { status } = await this.#session.ask(next.method, next.url, { body: next.body })
      this.answers.push({ said: next.body, status })
      if (status >= 500) throw new Error(`the hub cannot take it now: ${status}`)
      this.#unsaid.shift()
    }
  }
}

function verified({ deployment, bytes }: Work): boolean {
  return deployment.files.every(
    ({ name, sha1 }) =>
      createHash('sha1')
        .update(bytes.get(name) ?? '')
        .digest('hex') === sha1,
  )
}
