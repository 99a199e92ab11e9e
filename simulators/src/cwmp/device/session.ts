import { AcsConnection, type AcsConnectionOptions } from '../net/acs-connection.ts'
import { node, type SoapNode } from '../soap/node.ts'
import { readMessage, type AcsMessage } from '../soap/read.ts'
import { writeMessage, type Dialect } from '../soap/write.ts'
import { MethodFault } from './methods.ts'

/** What happened in one session, in order: `> method` said by the device, `< method` by the ACS, with `Fault <code>` for faults. */
export interface SessionLog {
  readonly lines: string[]
  /** HTTP status of the ACS's last answer. */
  status: number
  /** Of the last answer, where it had one. */
  retryAfter: string | undefined
  /** Whole: ended by the ACS's empty answer. */
  ended: boolean
}

export interface SessionParts {
  readonly connection: AcsConnectionOptions
  readonly dialect: Dialect
  readonly inform: SoapNode
  /** Requests of the device; each is gone from the list once the ACS has answered it. */
  readonly requests: SoapNode[]
  /** Answers a request of the ACS. @throws MethodFault */
  readonly answer: (request: SoapNode) => Promise<SoapNode>
  /** Leaves after that many requests; null = never. */
  readonly abandonAfter: number | null
}

/** Runs one session from Inform to the end. Throws when the ACS cannot be reached. */
export async function runSession(parts: SessionParts): Promise<SessionLog> {
  const session = new Session(parts)
  try {
    await session.run()
  } finally {
    session.close()
  }
  return session.log
}

class Session {
  readonly log: SessionLog = { lines: [], status: 0, retryAfter: undefined, ended: false }
  readonly #parts: SessionParts
  readonly #connection: AcsConnection
  #posts = 0
  #ids = 0
  #hold = false

  constructor(parts: SessionParts) {
    this.#parts = parts
    this.#connection = new AcsConnection(parts.connection)
  }

  close(): void {
    this.#connection.close()
  }

  async run(): Promise<void> {
    const informed = await this.#request(this.#parts.inform)
    if (informed?.body.name !== 'InformResponse') return
    let answer = await this.#free()
    while (answer) {
      const reply = await this.#replyTo(answer)
      if (this.#leaves()) return
      answer = await this.#post(reply)
      if (answer === null && this.log.status === 204 && this.#parts.requests.length > 0 && !this.#hold)
        answer = await this.#free()
    }
    this.log.ended = this.log.status === 204 || this.log.status === 200
  }

  /** The device's own requests, then the empty request that gives the ACS the word. */
  async #free(): Promise<AcsMessage | null> {
    while (this.#parts.requests.length > 0 && !this.#hold) {
      const [next] = this.#parts.requests
      const answer = await this.#request(next!)
      if (answer === null) return null
      const retry = answer.body.name === 'Fault' && JSON.stringify(answer.body).includes('8005')
      if (!retry) this.#parts.requests.shift()
    }
    if (this.#leaves()) return null
    this.log.lines.push('> empty')
    return this.#post('')
  }

  async #request(body: SoapNode): Promise<AcsMessage | null> {
    if (this.#leaves()) return null
    const id = `cpe-${++this.#ids}`
    this.log.lines.push(`> ${body.name}`)
    const inform = body.name === 'Inform' && this.#parts.dialect.minor >= 2
    const header = inform ? { id, supported: '1.0,1.1,1.2,1.3,1.4', sessionTimeout: 30 } : { id }
    const answer = await this.#post(writeMessage(this.#parts.dialect, header, body))
    if (answer && answer.id !== id) throw new Error(`the ACS answered ${id} as ${answer.id}`)
    return answer
  }

  async #replyTo(message: AcsMessage): Promise<string> {
    const { dialect, answer } = this.#parts
    try {
      const body = await answer(message.body)
      this.log.lines.push(`> ${body.name}`)
      return writeMessage(dialect, { id: message.id }, body)
    } catch (error) {
      if (!(error instanceof MethodFault)) throw error
      this.log.lines.push(`> Fault ${error.code}`)
      return writeMessage(dialect, { id: message.id }, faultNode(error))
    }
  }

  async #post(body: string): Promise<AcsMessage | null> {
    this.#posts++
    const answer = await this.#connection.post(body)
    this.log.status = answer.status
    this.log.retryAfter = answer.headers['retry-after']
    if (answer.status !== 200 || answer.body === '') {
      this.log.lines.push(`< ${answer.status}`)
      return null
    }
    const message = readMessage(answer.body)
    this.#hold = message.hold
    this.log.lines.push(`< ${message.body.name}${message.hold ? ' (hold)' : ''}`)
    return message
  }

  #leaves(): boolean {
    const { abandonAfter } = this.#parts
    return abandonAfter !== null && this.#posts >= abandonAfter
  }
}

function faultNode({ code, message, parameters }: MethodFault): SoapNode {
  const wrong = parameters.map((each) =>
    node('SetParameterValuesFault', [
      node('ParameterName', each.name),
      node('FaultCode', each.code),
      node('FaultString', 'refused'),
    ]),
  )
  const detail = node('CwmpFault', [node('FaultCode', code), node('FaultString', message), ...wrong])
  return node('Fault', [node('faultcode', 'Client'), node('faultstring', 'CWMP fault'), node('detail', [detail])])
}
