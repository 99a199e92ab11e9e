import type { DeviceProtocol, ProtocolHost } from '@sutler/device-model'
import { Desk, type DeskOptions } from './desk.ts'
import { limitOf } from './mapping/limits.ts'
import { Shelf } from './shelf.ts'
import { DdiHandler, type HandlerParts } from './transport/handler.ts'

export interface DdiOptions
  extends
    Partial<Omit<DeskOptions, 'now'>>,
    Partial<Pick<HandlerParts, 'front' | 'publicUrl' | 'downloads' | 'onFailure'>> {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

export interface DdiProtocol extends DeviceProtocol {
  /** Answers what is DDI's; returns false and leaves everything else alone. For any server of node:http or node:https. */
  readonly handle: DdiHandler['handle']
}

const hour = 3_600_000
const day = 24 * hour

/** hawkBit's Direct Device Integration v1; clauses and their tests in SPEC.md. Devices poll: nothing is ever sent to them. */
export function createDdiProtocol(options: DdiOptions): DdiProtocol {
  let handler: DdiHandler | null = null
  const start = async (host: ProtocolHost): Promise<void> => {
    const shelf = new Shelf(host)
    const desk = new Desk(host, shelf, {
      sleep: 300,
      busySleep: 30,
      confirm: false,
      soft: false,
      cancelPatience: day,
      proofPatience: hour,
      urgency: () => ({ forcedFrom: 0, window: null }),
      ...options,
    })
    handler = new DdiHandler({
      front: null,
      publicUrl: null,
      downloads: 200,
      onFailure: () => {},
      ...options,
      host,
      desk,
      shelf,
    })
  }
  return {
    name: 'ddi',
    proof: 'reports',
    start,
    async stop() {
      const stopping = handler
      handler = null
      await stopping?.idle()
    },
    reaches: () => false,
    send: async () => {},
    limits: limitOf,
    handle: (request, response) => handler?.handle(request, response) ?? false,
  }
}
