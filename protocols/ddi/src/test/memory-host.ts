import { ConformanceHost } from '@sutler/device-model/conformance'
import type { DeliveryTerms, IdentityClaim, Input } from '@sutler/device-model'

/** The hub in memory, with what tests of DDI order and ask. */
export class MemoryHost extends ConformanceHost {
  /** What policy says of each delivery. */
  readonly termsOf = new Map<string, DeliveryTerms>()

  enrol(identity: string, proof: IdentityClaim['proof'] = { token: `token-${identity}` }): void {
    const shown = JSON.stringify(proof)
    const accepts = (claim: IdentityClaim): boolean => JSON.stringify(claim.proof) === shown
    this.admit('ddi', identity, { device: `dev-${identity}`, class: 'gateway', accepts })
  }

  /** A version of one service whose files are `files`, by path. Its delivery is called after the output's id. */
  install(device: string, files: Record<string, Uint8Array>): number {
    const given = Object.entries(files).map(([path, content]) => ({ path, content }))
    const reports = { name: 'linux', version: '2.0' }
    const output = this.component('os', '2.0', { files: given, role: 'firmware', reports })
    const id = this.next
    return this.queue(device, { ...output, delivery: `delivery-${id}`, epoch: id })
  }

  kinds(): string[] {
    return this.said.map(({ input }) => input.kind)
  }

  last(kind: Input['kind']): Input | undefined {
    return this.said.findLast(({ input }) => input.kind === kind)?.input
  }

  async terms(_device: string, delivery: string): Promise<DeliveryTerms | null> {
    return this.termsOf.get(delivery) ?? null
  }
}
