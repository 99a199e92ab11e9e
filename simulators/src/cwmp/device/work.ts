import { download, TransferFault, upload } from '../net/file-transfer.ts'
import { Installer } from './installer.ts'
import { labelOf } from './image.ts'
import { transferComplete, unitChangeComplete, type Job, type UnitJob, type UnitJobResult } from './jobs.ts'
import type { DataModel } from '../model/data-model.ts'
import type { SoapNode } from '../soap/node.ts'
import type { DeviceFaults, Stage } from './habits.ts'
import type { InformEvent } from './inform.ts'

export interface WorkDone {
  readonly events: readonly InformEvent[]
  readonly requests: readonly SoapNode[]
}

type Transfer = Extract<Job, { kind: 'download' | 'upload' }>

/** What the device does between sessions; the oldest job first, kept until it is done. */
export class DeviceWork {
  readonly jobs: Job[] = []
  readonly scheduled: { seconds: number; commandKey: string }[] = []
  readonly installer: Installer
  /** It waits where it was told to. */
  held = false
  readonly #faults: DeviceFaults
  readonly #authority: string | undefined

  constructor(model: DataModel, faults: DeviceFaults, authority?: string) {
    this.installer = new Installer(model, faults)
    this.#faults = faults
    this.#authority = authority
  }

  /** Does the oldest job; null when there is none, or it waits. */
  async next(): Promise<WorkDone | null> {
    const [job] = this.jobs
    this.held = job !== undefined && this.#faults.hold !== null && job.kind !== 'reboot'
    if (job === undefined || this.held) return null
    const done = await this.#do(job)
    const at = this.jobs.indexOf(job)
    if (at !== -1) this.jobs.splice(at, 1)
    return done
  }

  /** A transfer within the answer to its method. @returns whether it succeeded */
  async atOnce(job: Job): Promise<boolean> {
    if (job.kind !== 'download' && job.kind !== 'upload') return false
    return (await this.#transferred(job)).code === 0
  }

  async #do(job: Job): Promise<WorkDone> {
    switch (job.kind) {
      case 'download':
      case 'upload':
        return this.#transfer(job)
      case 'units':
        return this.#units(job.commandKey, job.operations)
      case 'reboot':
        return { events: [{ code: 'M Reboot', commandKey: job.commandKey }, { code: '1 BOOT' }], requests: [] }
      case 'factory-reset':
        this.installer.reset()
        return { events: [{ code: '0 BOOTSTRAP' }, { code: '1 BOOT' }], requests: [] }
    }
  }

  async #transfer(job: Transfer): Promise<WorkDone> {
    const { code, text } = await this.#transferred(job)
    const method = job.kind === 'download' ? 'M Download' : 'M Upload'
    const events: InformEvent[] = [{ code: '7 TRANSFER COMPLETE' }, { code: method, commandKey: job.commandKey }]
    // A new firmware image runs after a restart only.
    if (code === 0 && job.fileType.startsWith('1 ')) events.push({ code: '1 BOOT' })
    return { events, requests: [transferComplete({ commandKey: job.commandKey, code, text })] }
  }

  async #transferred(job: Transfer): Promise<{ code: number; text: string }> {
    try {
      this.#pass('downloading')
      if (job.kind === 'upload') await upload(job.url, job, Buffer.from('a line of the log\n'), this.#authority)
      else {
        const content = await download(job.url, job, this.#authority)
        this.#pass('verifying')
        this.#pass('installing')
        this.installer.apply(job.fileType, job.target, content)
      }
      return { code: 0, text: '' }
    } catch (error) {
      if (error instanceof TransferFault) return { code: error.code, text: error.message }
      throw error
    }
  }

  async #units(commandKey: string, operations: readonly UnitJob[]): Promise<WorkDone> {
    const results: UnitJobResult[] = []
    for (const operation of operations) results.push(await this.#unit(operation))
    const events = [{ code: '11 DU STATE CHANGE COMPLETE' }, { code: 'M ChangeDUState', commandKey }]
    return { events, requests: [unitChangeComplete(commandKey, results)] }
  }

  async #unit(job: UnitJob): Promise<UnitJobResult> {
    try {
      if (job.operation === 'UninstallOpStruct') return this.installer.uninstall(job)
      this.installer.checkUnit(job)
      this.#pass('downloading')
      const content = await download(job.url, job, this.#authority)
      this.#pass('verifying')
      this.#pass('installing')
      return this.installer.place(job, labelOf(content), job.url)
    } catch (error) {
      if (!(error instanceof TransferFault)) throw error
      const { uuid, version } = job
      return { uuid, unit: '', version, state: 'Failed', code: error.code, text: error.message }
    }
  }

  /** Where it is to fail, it does. */
  #pass(stage: Stage): void {
    const { fail } = this.#faults
    if (fail?.stage === stage) throw new TransferFault(fail.code, `failed on purpose while ${stage}`)
  }
}
