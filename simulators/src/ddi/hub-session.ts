import { Agent, request, type IncomingMessage } from 'node:http'

/** How a device shows who it is. */
export type DdiCredential = { readonly targetToken: string } | { readonly gatewayToken: string }

export interface HubAddress {
  /** Base URL of the hub, `http://…`. */
  readonly hub: string
  readonly tenant: string
  readonly controller: string
  readonly credential: DdiCredential
}

export interface HubAnswer {
  readonly status: number
  readonly body: Buffer
  readonly header: (name: string) => string | undefined
}

/** Longer than any answer takes, milliseconds. */
const patience = 10_000

/** A device's requests to its hub, over one connection that is kept. */
export class HubSession {
  readonly base: string
  readonly #authorization: string
  #agent = new Agent({ keepAlive: true, maxSockets: 1 })

  constructor({ hub, tenant, controller, credential }: HubAddress) {
    this.base = `${hub}/${encodeURIComponent(tenant)}/controller/v1/${encodeURIComponent(controller)}`
    this.#authorization =
      'targetToken' in credential ? `TargetToken ${credential.targetToken}` : `GatewayToken ${credential.gatewayToken}`
  }

  /** Connections end without a word. */
  cut(): void {
    this.#agent.destroy()
    this.#agent = new Agent({ keepAlive: true, maxSockets: 1 })
  }

  /** @param most bytes of the answer after which the connection is cut */
  ask(method: string, url: string, sent: { body?: string; range?: string } = {}, most = Infinity): Promise<HubAnswer> {
    const { body, range } = sent
    const headers = {
      authorization: this.#authorization,
      accept: 'application/json; charset=utf-8',
      ...(body !== undefined && {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
      }),
      ...(range !== undefined && { range }),
    }
    return new Promise((resolve, reject) => {
      const outgoing = request(url, { method, headers, agent: this.#agent, timeout: patience }, (answer) =>
        read(answer, most).then(resolve, reject),
      )
      outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer from ${url} within ${patience} ms`)))
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  }
}

function read(answer: IncomingMessage, most: number): Promise<HubAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const done = (): void => {
      const whole = Buffer.concat(chunks)
      const header = (name: string) => answer.headers[name] as string | undefined
      resolve({ status: answer.statusCode ?? 0, body: whole.subarray(0, Math.min(whole.length, most)), header })
    }
    answer.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size < most) return
      done()
      answer.destroy()
    })
    answer.on('end', done)
    answer.on('error', reject)
  })
}
