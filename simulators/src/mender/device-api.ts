import type { MenderKey } from './device-key.ts'

/** The answer to one request. */
export interface ApiAnswer {
  readonly status: number
  readonly body: Buffer
  readonly header: (name: string) => string | null
}

/** Longer than any answer takes, milliseconds. */
const patience = 20_000
/** As often as a client sends a request that the hub could not take. */
const tries = 10

/** A device's side of Mender's device API: its token, and one request after the other. */
export class DeviceApi {
  readonly #hub: string
  readonly #pause: () => Promise<void>
  #token: string | null = null

  /**
   * @param hub base URL
   * @param pause waits before a request is repeated that the hub could not take; throws when the device is switched off
   */
  constructor(hub: string, pause: () => Promise<void>) {
    this.#hub = hub
    this.#pause = pause
  }

  get authorized(): boolean {
    return this.#token !== null
  }

  /** '' while it has none. */
  get token(): string {
    return this.#token ?? ''
  }

  forgetToken(): void {
    this.#token = null
  }

  /** @returns the status: 200 = it has a token now */
  async authenticate(identity: string, key: MenderKey, tenantToken: string | null): Promise<number> {
    const body = JSON.stringify({
      id_data: identity,
      pubkey: key.public,
      ...(tenantToken === null ? {} : { tenant_token: tenantToken }),
    })
    const headers = { 'content-type': 'application/json', 'x-men-signature': key.sign(body) }
    const answer = await this.#fetch('POST', '/api/devices/v1/authentication/auth_requests', headers, body)
    this.#token = answer.status === 200 ? answer.body.toString('utf8') : null
    return answer.status
  }

  ask(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    const headers = { authorization: `Bearer ${this.#token ?? ''}`, 'content-type': 'application/json' }
    return this.#fetch(method, `/api/devices${path}`, headers, body === undefined ? undefined : JSON.stringify(body))
  }

  /** @param from byte to go on with @param upTo byte at which the connection is cut; Infinity = never */
  async download(uri: string, from: number, upTo = Infinity): Promise<ApiAnswer> {
    const headers: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {}
    const answer = await this.#fetch('GET', uri, headers)
    return { ...answer, body: answer.body.subarray(0, Math.max(0, upTo - from)) }
  }

  /** ▲ A hub that is away, or too busy, is asked again. @throws Error the last failure, when it stays away */
  async #fetch(method: string, path: string, headers: Record<string, string>, body?: string): Promise<ApiAnswer> {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await this.#once(method, path, headers, body)
        if (answer.status !== 503 || attempt === tries) return answer
      } catch (error) {
        if (attempt === tries) throw error
      }
      await this.#pause()
    }
  }

  async #once(method: string, path: string, headers: Record<string, string>, body?: string): Promise<ApiAnswer> {
    const url = path.startsWith('/') ? this.#hub + path : path
    const signal = AbortSignal.timeout(patience)
    const response = await fetch(url, { method, headers, signal, ...(body === undefined ? {} : { body }) })
    const bytes = Buffer.from(await response.arrayBuffer())
    return { status: response.status, body: bytes, header: (name) => response.headers.get(name) }
  }
}
