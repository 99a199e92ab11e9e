import { ConformanceHost } from '@sutler/device-model/conformance'
import { manualClock } from '../../../../test/support/manual-clock.ts'
import {
  errorMessage,
  message,
  notifyBody,
  read,
  type Heard,
  type Kind,
} from '../../../../simulators/src/usp/messages.ts'
import { Message, type Fields } from '../../../../simulators/src/usp/protobuf.ts'
import { disconnectBody, record, recordTypes } from '../../../../simulators/src/usp/records.ts'
import { createUspProtocol } from '../index.ts'
import type { UspProblem } from '../agent/agent.ts'
import type { Admitted, Door, Link, LinkEvents, UspTransport } from '../transport/transport.ts'
import { controller } from './harness.ts'

export const endpoint = 'os::0005B9-000000000042'
export const device = 'stb-00000042'

/** An agent that answers nothing by itself: the test does, with the simulator's encoder, over a link in memory. */
export class Line implements UspTransport {
  readonly name = 'line'
  readonly host = new ConformanceHost()
  readonly clock = manualClock()
  readonly problems: UspProblem[] = []
  readonly protocol = createUspProtocol({
    transports: [this],
    clock: this.clock,
    controller,
    onProblem: (problem) => this.problems.push(problem),
  })
  /** Records that the hub has sent, and how it has closed links. */
  readonly records: Message[] = []
  readonly closed: boolean[] = []
  #door: Door | null = null
  #events: LinkEvents | null = null

  async start(door: Door): Promise<void> {
    this.#door = door
  }
  async stop(): Promise<void> {}

  async begin(): Promise<void> {
    this.host.serve(this.protocol)
    await this.protocol.start(this.host)
    this.connect()
  }

  connect(admitted: Admitted = { device, class: 'gateway' }): void {
    const link: Link = {
      transport: 'line',
      endpoint,
      connectRecord: { case: 'websocketConnect', value: {} },
      recordLimit: 100_000,
      send: async (bytes) => void this.records.push(new Message(bytes)),
      close: (unreadable) => {
        this.closed.push(unreadable)
        events.closed()
      },
    }
    const events: LinkEvents = this.#door!.connected(link, admitted)
    this.#events = events
  }

  raw(bytes: Uint8Array): void {
    this.#events!.record(bytes)
  }
  say(type: keyof typeof recordTypes, body: Fields, from = endpoint, to = controller): void {
    this.raw(record(from, to, type, body))
  }
  tell(bytes: Buffer): void {
    this.say('plain', [[2, bytes]])
  }
  answer(id: string, kind: Kind, body: Fields = []): void {
    this.tell(message(id, kind, body))
  }
  refuse(id: string, code: number): void {
    this.tell(errorMessage(id, code, 'no'))
  }
  notify(id: string, number: number, body: Fields, sendResp = true): void {
    this.tell(message(id, 'notify', notifyBody('sub-1', sendResp, number, body)))
  }
  leave(code: number): void {
    this.say('disconnect', disconnectBody(code, 'bye'))
  }

  /** What the hub has said in plain records, oldest first. */
  heard(): Heard[] {
    return this.records.filter((each) => each.has(recordTypes.plain)).map((each) => read(each.sub(7).bytes(2)))
  }
  last(): Heard {
    return this.heard().at(-1)!
  }
}
