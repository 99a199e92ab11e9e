import type { IncomingMessage } from 'node:http'

/** Why a body was not read: it is longer than it may be, did not arrive in time, or the connection ended before it was whole. */
export type BodyFault = 'too-large' | 'late' | 'cut-off'

/** A body was not read to its end: the connection cannot be used for another request. */
export class BodyRefused extends Error {
  readonly fault: BodyFault

  constructor(fault: BodyFault, detail: string) {
    super(detail)
    this.name = 'BodyRefused'
    this.fault = fault
  }
}

/** The whole body: at most `most` bytes, within `patience` milliseconds. @throws BodyRefused */
export function readBody(request: IncomingMessage, most: number, patience: number): Promise<Buffer> {
  const tooLarge = (): BodyRefused => new BodyRefused('too-large', `the body has more than ${most} bytes`)
  if (Number(request.headers['content-length'] ?? 0) > most) return Promise.reject(tooLarge())
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    const settle = (act: () => void): void => {
      clearTimeout(timer)
      request.off('data', take).off('end', whole).off('error', cutOff).off('close', cutOff)
      act()
    }
    const refuse = (why: BodyRefused): void =>
      settle(() => {
        // What still comes is let go by, so that the answer can be sent.
        request.resume()
        reject(why)
      })
    const timer = setTimeout(
      () => refuse(new BodyRefused('late', `the body did not arrive within ${patience} ms`)),
      patience,
    )
    const take = (part: Buffer): void => {
      size += part.length
      if (size > most) refuse(tooLarge())
      else parts.push(part)
    }
    const whole = (): void => settle(() => resolve(parts.length === 1 ? parts[0]! : Buffer.concat(parts, size)))
    const cutOff = (): void =>
      refuse(new BodyRefused('cut-off', `the connection ended after ${size} bytes of the body`))
    request.on('data', take).on('end', whole).on('error', cutOff).on('close', cutOff)
  })
}
