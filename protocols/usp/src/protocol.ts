import type { Asked, CapabilityReport, DeviceProtocol, ProtocolHost, QueuedOutput } from '@sutler/device-model'
import { Agent, type UspProblem } from './agent/agent.ts'
import type { UspClock } from './agent/conversation.ts'
import { UspProtocolError } from './errors.ts'
import { limitOf } from './mapping/limits.ts'
import type { Admitted, Door, Link, LinkEvents, UspTransport } from './transport/transport.ts'

export interface UspProtocolDeps {
  readonly transports: readonly UspTransport[]
  readonly clock: UspClock
  /** The hub's endpoint id, for example `self::sutler`: agents are told it as their controller's. */
  readonly controller: string
  readonly onProblem?: (problem: UspProblem) => void
}

/** TR-369, controller side; clauses and their tests in SPEC.md. */
export function createUspProtocol(deps: UspProtocolDeps): DeviceProtocol {
  return new UspProtocol(deps)
}

class UspProtocol implements DeviceProtocol {
  readonly name = 'usp'
  readonly proof = 'reports'
  readonly #deps: UspProtocolDeps
  readonly #byEndpoint = new Map<string, Agent>()
  readonly #byDevice = new Map<string, Agent>()
  #host: ProtocolHost | null = null

  constructor(deps: UspProtocolDeps) {
    this.#deps = deps
  }

  async start(host: ProtocolHost): Promise<void> {
    this.#host = host
    const door: Door = {
      admit: (endpoint, proof, address) => this.#admit(host, { endpoint, proof, address }),
      connected: (link, admitted) => this.#connected(host, link, admitted),
    }
    for (const transport of this.#deps.transports) await transport.start(door)
  }

  async stop(): Promise<void> {
    this.#host = null
    const agents = [...this.#byEndpoint.values()]
    for (const agent of agents) agent.close()
    await Promise.all(agents.map((agent) => agent.settled))
    for (const transport of this.#deps.transports) await transport.stop()
  }

  reaches(device: string): boolean {
    return this.#byDevice.get(device)?.ready === true
  }

  /** An agent behind an external broker may be there although it was never heard of since the hub started. */
  async wake(device: string): Promise<void> {
    const host = this.#host
    if (host === null || this.#byDevice.has(device)) return
    const { endpoint, via } = ((await host.recall(device)).value ?? {}) as { endpoint?: string; via?: string }
    await this.#deps.transports.find(({ name }) => name === via)?.knock?.(endpoint ?? '')
  }

  async send(outputs: readonly QueuedOutput[]): Promise<void> {
    if (this.#host === null) throw new UspProtocolError('not-started', 'outputs were given before start or after stop')
    for (const [device, queue] of Map.groupBy(outputs, (queued) => queued.device))
      this.#byDevice.get(device)?.send(queue)
  }

  limits(asked: Asked, report: CapabilityReport | null): string | null {
    return limitOf(asked, report)
  }

  /** The device is no longer let in. */
  cutOff(device: string): void {
    this.#byDevice.get(device)?.close()
  }

  async #admit(
    host: ProtocolHost,
    { endpoint, proof, address }: { endpoint: string; proof: Parameters<Door['admit']>[1]; address: string },
  ): Promise<Admitted | null> {
    const asked = host.authenticate({ protocol: this.name, identity: endpoint, proof, address })
    const answer = await asked.catch((cause: unknown) => {
      this.#deps.onProblem?.({ endpoint, detail: 'the hub could not tell whether it may come in', cause })
      throw cause
    })
    return 'device' in answer ? answer : null
  }

  #connected(host: ProtocolHost, link: Link, admitted: Admitted): LinkEvents {
    // [R-WS.4] At most one session with an endpoint: the newer one counts.
    this.#byEndpoint.get(link.endpoint)?.close()
    this.#byDevice.get(admitted.device)?.close()
    const { clock, controller, onProblem } = this.#deps
    const parts = { host, clock, controller, problem: (problem: UspProblem) => onProblem?.(problem) }
    const agent = new Agent(parts, link, admitted, () => this.#left(agent))
    this.#byEndpoint.set(link.endpoint, agent)
    this.#byDevice.set(admitted.device, agent)
    agent.begin()
    return agent
  }

  #left(agent: Agent): void {
    if (this.#byEndpoint.get(agent.link.endpoint) === agent) this.#byEndpoint.delete(agent.link.endpoint)
    if (this.#byDevice.get(agent.device) === agent) this.#byDevice.delete(agent.device)
  }
}
