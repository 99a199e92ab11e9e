import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { digestAuthorization, type Login } from './digest.ts'

/** How the device shows who it is. `basic-first`: Basic with the first request, Digest once it is asked for it. */
export type AuthHabit = 'digest' | 'basic' | 'basic-first' | 'none'

export interface AcsConnectionOptions {
  readonly url: string
  readonly login: Login
  readonly auth: AuthHabit
  /** Sends the cookies of the ACS back. */
  readonly cookies: boolean
  /** Trusted authorities, PEM; only for https. */
  readonly authority?: string
}

export interface AcsAnswer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** One session's connection to the ACS: one TCP connection kept open, one request at a time. */
export class AcsConnection {
  readonly #options: AcsConnectionOptions
  readonly #url: URL
  readonly #agent: HttpAgent
  #challenge: string | null = null
  #count = 0
  #cookie: string | null = null

  constructor(options: AcsConnectionOptions) {
    this.#options = options
    this.#url = new URL(options.url)
    const settings = { keepAlive: true, maxSockets: 1 }
    const { authority } = options
    this.#agent =
      this.#url.protocol === 'https:'
        ? new HttpsAgent({ ...settings, ...(authority && { ca: authority }) })
        : new HttpAgent(settings)
  }

  /** Posts a message, or nothing; meets a challenge once. */
  async post(body: string): Promise<AcsAnswer> {
    const answer = await this.#send(body)
    const challenge = answer.headers['www-authenticate']
    if (answer.status !== 401 || challenge === undefined || this.#options.auth === 'none') return answer
    if (this.#options.auth === 'basic') return answer
    const fresh = this.#challenge !== challenge
    this.#challenge = challenge
    this.#count = 0
    return fresh ? this.#send(body) : answer
  }

  close(): void {
    this.#agent.destroy()
  }

  #authorization(): string | undefined {
    const { auth, login } = this.#options
    if (this.#challenge !== null)
      return digestAuthorization(this.#challenge, 'POST', this.#url.pathname + this.#url.search, login, ++this.#count)
    if (auth !== 'basic' && auth !== 'basic-first') return undefined
    return `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`
  }

  #send(body: string): Promise<AcsAnswer> {
    const authorization = this.#authorization()
    const headers: Record<string, string | number> = { 'content-length': Buffer.byteLength(body) }
    if (body !== '') headers['content-type'] = 'text/xml; charset="utf-8"'
    if (body !== '') headers['soapaction'] = ''
    if (authorization !== undefined) headers['authorization'] = authorization
    if (this.#cookie !== null && this.#options.cookies) headers['cookie'] = this.#cookie
    const start = this.#url.protocol === 'https:' ? httpsRequest : httpRequest
    return new Promise((resolve, reject) => {
      const request = start(this.#url, { method: 'POST', agent: this.#agent, headers }, (response) => {
        const set = response.headers['set-cookie']
        if (set) this.#cookie = set.map((cookie) => cookie.split(';', 1)[0]).join('; ')
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        )
      })
      request.setTimeout(30_000, () => request.destroy(new Error('the ACS did not answer within 30 s')))
      request.on('error', reject)
      request.end(body)
    })
  }
}
