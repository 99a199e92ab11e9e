import type { Input } from '@sutler/device-model'
import type { Tx } from '../../../platform/database.ts'
import { OutsideError, errorCode } from '../../../platform/errors.ts'
import { storable } from '../../../platform/storable-text.ts'
import type { DeliveryInput } from '../../order-processing/index.ts'
import type { ConsumerDependencies } from './dependencies.ts'
import type { Queued } from './device-tasks.ts'
import { keepWords, reportsIn } from './statements.ts'

const intakeFull = errorCode(
  'intake-full',
  503,
  'Devices say more than this hub can store',
  'Nothing is lost: devices repeat what was not acknowledged. If it lasts, look at the database, and add hubs.',
)

/** At most this many inputs share a transaction; the rest waits for the next one. */
const batchSize = 1000
/** More than this many inputs in memory are refused: unacknowledged, the devices send them again later. */
const bound = 50_000

interface Waiting {
  readonly device: string
  readonly input: Input
  readonly settle: (answer: string | null) => void
  readonly fail: (error: unknown) => void
}

/**
 * Takes the inputs of all devices and writes them in batches: while one transaction commits, the next batch gathers, so that
 * a lone input waits for nobody and a thousand share one commit. Each is routed to the module it is for.
 */
export class Intake {
  readonly #deps: ConsumerDependencies
  readonly #queued: Queued
  #queue: Waiting[] = []
  #working = false

  constructor(deps: ConsumerDependencies, queued: Queued) {
    this.#deps = deps
    this.#queued = queued
  }

  /**
   * Resolves once the inputs are durable.
   * @returns per input null, or the error code the device is to be told
   * @throws OutsideError `intake-full`, or whatever keeps them from being stored; the device then sends them again
   */
  async take(device: string, inputs: readonly Input[]): Promise<(string | null)[]> {
    if (this.#queue.length + inputs.length > bound)
      throw new OutsideError(intakeFull, `${this.#queue.length} inputs wait to be stored`)
    const answers = inputs.map(
      (input) =>
        new Promise<string | null>((settle, fail) =>
          this.#queue.push({ device, input: storable(input), settle, fail }),
        ),
    )
    if (!this.#working) {
      this.#working = true
      setImmediate(() => void this.#work())
    }
    const hello = inputs.findLast((input) => input.kind === 'hello')
    if (hello && hello.boot !== '') await this.#deps.deviceBooted(device, hello.boot)
    return Promise.all(answers)
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, batchSize)
      await this.#write(batch)
    }
    this.#working = false
  }

  /** One bad input must not spoil the others: a batch that fails is taken apart and written one by one. */
  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.#deps.database.transaction((tx) => this.#route(tx, batch))
      for (const [index, waiting] of batch.entries()) waiting.settle(answers[index] ?? null)
    } catch (error) {
      if (batch.length > 1) {
        for (const waiting of batch) await this.#write([waiting])
        return
      }
      const [waiting] = batch
      this.#deps.log.error(
        { err: error, device: waiting!.device, input: waiting!.input.kind },
        'an input could not be stored',
      )
      waiting!.fail(error)
    }
  }

  async #route(tx: Tx, batch: readonly Waiting[]): Promise<(string | null)[]> {
    const answers: (string | null)[] = batch.map(() => null)
    const about: { index: number; input: DeliveryInput }[] = []
    for (const [index, { device, input }] of batch.entries())
      if ('delivery' in input) about.push({ index, input: { device, input } })
    const changed = await this.#deps.entities.recordCapabilities(tx, await reportsIn(this.#deps, tx, batch))
    await keepWords(this.#deps, tx, batch)
    const given =
      about.length === 0
        ? []
        : await this.#deps.orders.takeInputs(
            tx,
            about.map(({ input }) => input),
          )
    for (const [position, { index }] of about.entries()) answers[index] = given[position] ?? null
    // After what they say of deliveries, which is what they had in place when they reported.
    await this.#deps.orders.findDrift(tx, changed)
    if (changed.length > 0)
      await this.#deps.devicesChanged(
        tx,
        changed.map(({ device }) => device),
      )
    await this.#renew(
      tx,
      about.filter(({ index }) => answers[index] === null).map(({ input }) => input),
    )
    return answers
  }

  /** A device whose link ran out gets the same output again; the link is made afresh when it is sent. */
  async #renew(tx: Tx, inputs: readonly DeliveryInput[]): Promise<void> {
    const wanted = inputs.filter(({ input }) => input.kind === 'renew').map(({ input }) => input.delivery)
    if (wanted.length === 0) return
    const outputs = await this.#deps.orders.outputsOf(tx, [...new Set(wanted)])
    await this.#deps.storage.add(tx, outputs, new Date(this.#deps.clock.now()))
    tx.afterCommit(() => this.#queued(outputs.map((output) => output.device)))
  }
}
