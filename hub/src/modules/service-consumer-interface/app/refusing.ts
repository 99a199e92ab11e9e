import type { CapabilityReport, DeviceProtocol, Input, QueuedOutput } from '@sutler/device-model'
import type { ConsumerDependencies } from './dependencies.ts'

/** Takes an output out of the queue, with the reason. */
export type TakeOut = (device: string, output: number, reason: string) => void

/**
 * What a protocol, or a device, cannot carry leaves the queue, and its delivery is declined with the reason: planning has
 * refused most of it before, by the report of that time.
 */
export class Refusing {
  readonly #deps: Pick<ConsumerDependencies, 'entities'>
  readonly #inputs: (device: string, inputs: readonly Input[]) => Promise<unknown>

  constructor(
    deps: Pick<ConsumerDependencies, 'entities'>,
    inputs: (device: string, inputs: readonly Input[]) => Promise<unknown>,
  ) {
    this.#deps = deps
    this.#inputs = inputs
  }

  /** @returns those that can be carried */
  async carried(protocol: DeviceProtocol, outputs: readonly QueuedOutput[], takeOut: TakeOut): Promise<QueuedOutput[]> {
    const reports = await this.#reports(protocol, outputs)
    const able: QueuedOutput[] = []
    for (const queued of outputs) {
      const reason = protocol.limits(queued.output, reports.get(queued.device) ?? null)
      if (reason === null) able.push(queued)
      else await this.#refuse(queued, reason, takeOut)
    }
    return able
  }

  /** Our agents decline deliveries by themselves: their reports are not looked up for every message. */
  async #reports(
    { proof }: DeviceProtocol,
    outputs: readonly QueuedOutput[],
  ): Promise<ReadonlyMap<string, CapabilityReport | null>> {
    const judged = proof === 'digests' ? outputs.filter(({ output }) => !('delivery' in output)) : outputs
    if (judged.length === 0) return new Map()
    const devices = await this.#deps.entities.devices([...new Set(judged.map(({ device }) => device))])
    return new Map(devices.map(({ id, capabilities }) => [id, capabilities]))
  }

  async #refuse({ id, device, output }: QueuedOutput, detail: string, takeOut: TakeOut): Promise<void> {
    if (output.kind === 'install' || output.kind === 'remove') {
      const { delivery } = output
      await this.#inputs(device, [{ id: `limit-${id}`, kind: 'declined', delivery, reason: 'unsupported', detail }])
    }
    takeOut(device, id, detail)
  }
}
