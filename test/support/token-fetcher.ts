import { BaseFetcher } from 'tuf-js'

/** Fetches targets for tuf-js as somebody who is logged in. */
export class TokenFetcher extends BaseFetcher {
  readonly #token: string

  constructor(token: string) {
    super()
    this.#token = token
  }

  override async fetch(url: string): Promise<ReadableStream> {
    const response = await fetch(url, { headers: { authorization: `Bearer ${this.#token}` } })
    if (!response.ok || !response.body) throw new Error(`${url}: answer ${response.status}`)
    return response.body
  }
}
