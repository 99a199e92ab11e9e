import { Lwm2mWireError } from '../errors.ts'
import { blockOption } from '../wire/block.ts'
import { badOption, noBytes, pathOf, sorted, textOptions, texts, uint, uintOption } from '../wire/coap-message.ts'
import { answer, method, option } from '../wire/numbers.ts'
import { IncomingBodies } from './incoming-bodies.ts'
import { parseRegistration, parseUpdate } from './registration-request.ts'
import type { CoapMessage, CoapOption } from '../wire/coap-message.ts'
import type { RegistrationRequest, UpdateRequest } from './registration-request.ts'

/** What a client asks of the server (OMA LwM2M Core 1.2, 6.2 and 6.4.5). */
export type Asked =
  | { readonly kind: 'register'; readonly request: RegistrationRequest }
  | { readonly kind: 'update'; readonly location: string; readonly request: UpdateRequest }
  | { readonly kind: 'deregister'; readonly location: string }
  | { readonly kind: 'send'; readonly contentFormat: number; readonly payload: Uint8Array }

/** What is answered, without what the exchange adds. */
export interface Reply {
  readonly code: number
  readonly options?: readonly CoapOption[]
  /** What follows once it is sent: a client takes requests only when it knows that it is registered. */
  readonly after?: () => void
}

/** Reads requests of one peer; bodies in blocks are put together first. */
export class Interface {
  readonly #bodies = new IncomingBodies()

  /** @returns what is asked, or the answer at once where there is nothing to decide */
  read(message: CoapMessage): Asked | Reply {
    // RFC 7252, 5.4.1.
    if (badOption(message) !== null) return { code: answer.badOption }
    const path = pathOf(message)
    const query = textOptions(message, option.uriQuery)
    const collected = this.#bodies.collect(message, `${message.code} /${path.join('/')}?${query.join('&')}`)
    if (collected.kind === 'continue')
      return { code: answer.continue, options: [blockOption(option.block1, collected.block)] }
    if (collected.kind === 'refused')
      return { code: collected.code, options: [blockOption(option.block1, collected.block)] }
    try {
      return routed(message, path, query, collected.payload)
    } catch (error) {
      if (!(error instanceof Lwm2mWireError)) throw error
      // OMA LwM2M Core 1.2, table 6.2.1: a version that is not supported is 4.12.
      return { code: error.code === 'not-allowed' ? answer.preconditionFailed : answer.badRequest }
    }
  }
}

function routed(message: CoapMessage, path: readonly string[], query: string[], payload: Uint8Array): Asked | Reply {
  const [first, location, ...more] = path
  if (first === 'rd' && location === undefined) {
    if (message.code !== method.post) return { code: answer.methodNotAllowed }
    return { kind: 'register', request: parseRegistration(query, payload) }
  }
  if (first === 'rd' && more.length === 0) {
    if (message.code === method.post || message.code === method.put)
      return { kind: 'update', location: location!, request: parseUpdate(query, payload) }
    if (message.code === method.delete) return { kind: 'deregister', location: location! }
    return { code: answer.methodNotAllowed }
  }
  if (first === 'dp' && location === undefined) {
    if (message.code !== method.post) return { code: answer.methodNotAllowed }
    return { kind: 'send', contentFormat: uintOption(message, option.contentFormat) ?? 0, payload }
  }
  return { code: answer.notFound }
}

/** The answer as it goes out: with the token of the request, and its last block acknowledged (RFC 7959, 2.3). */
export function answerTo(message: CoapMessage, { code, options = [] }: Reply): CoapMessage {
  const block = message.options.find(({ number }) => number === option.block1)
  const acknowledged = block && !options.some(({ number }) => number === option.block1) ? [block] : []
  return { code, token: message.token, options: sorted([...options, ...acknowledged]), payload: noBytes }
}

/** 2.01 with the place of the registration. */
export function created(location: string): Reply {
  return { code: answer.created, options: texts(option.locationPath, ['rd', location]) }
}

/** 5.03: not now; `seconds` tells when to come again (RFC 7252, 5.9.3.4). */
export function comeAgain(seconds: number): Reply {
  return { code: answer.serviceUnavailable, options: [uint(option.maxAge, seconds)] }
}
