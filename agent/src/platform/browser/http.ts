import { AgentError, reasonOf } from '../../core/errors.ts'
import type { Http, HttpAnswer, HttpRequest } from '../../core/platform.ts'

/**
 * HTTP by `fetch`, to where the page came from: links to files name the hub as devices outside of browsers reach it. Without cookies:
 * what an operator's session in the same browser may do is no business of the device's. Whom the hub is recognised by is the
 * browser's to decide; nothing is accepted unverified.
 */
export function browserHttp(hub: string): Http {
  return {
    request: (request) => new Exchange({ ...request, url: here(request.url, hub) }).answer(),
    close: () => undefined,
  }
}

function here(url: string, hub: string): string {
  const file = /\/files\/[^/]+\/[^/]+$/.exec(url)?.[0]
  return file === undefined ? url : hub + file
}

/** One request, with a time-out for each silence. */
class Exchange {
  private readonly request: HttpRequest
  private readonly abort = new AbortController()
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(request: HttpRequest) {
    this.request = request
  }

  async answer(): Promise<HttpAnswer> {
    const { method, url, headers, body, stop } = this.request
    const stopped = (): void => this.abort.abort(stop?.reason)
    stop?.addEventListener('abort', stopped)
    if (stop?.aborted) stopped()
    const ended = (): void => {
      clearTimeout(this.timer)
      stop?.removeEventListener('abort', stopped)
    }
    try {
      const response = await this.heard(() =>
        fetch(url, {
          method,
          ...(headers && { headers }),
          ...(body !== undefined && { body }),
          cache: 'no-store',
          credentials: 'omit',
          redirect: 'error',
          signal: this.abort.signal,
        }),
      )
      const close = (): void => {
        ended()
        this.abort.abort()
      }
      return { status: response.status, headers: headersOf(response), body: this.pieces(response, ended), close }
    } catch (error) {
      ended()
      throw error
    }
  }

  private async *pieces(response: Response, ended: () => void): AsyncGenerator<Uint8Array> {
    const reader = response.body?.getReader()
    try {
      if (reader === undefined) return
      for (;;) {
        const { done, value } = await this.heard(() => reader.read())
        if (done) return
        yield value
      }
    } finally {
      ended()
    }
  }

  /** @throws AgentError `network` */
  private async heard<T>(wait: () => Promise<T>): Promise<T> {
    const { url, idle } = this.request
    this.timer = setTimeout(() => this.abort.abort(new Error(`nothing came for ${idle} ms`)), idle)
    try {
      return await wait()
    } catch (error) {
      throw new AgentError('network', `${new URL(url).pathname}: ${reasonOf(error)}`, error)
    } finally {
      clearTimeout(this.timer)
    }
  }
}

function headersOf(response: Response): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(response.headers)
}
