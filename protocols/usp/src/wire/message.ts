import { UspError } from '../errors.ts'
import { limits } from './limits.ts'
import { messageSchema } from './message-schema.ts'
import type { Decoded, Encodable } from './schema.ts'

type Body = NonNullable<Decoded<typeof messageSchema>['body']>['msgBody']
type BodyDraft = NonNullable<NonNullable<Encodable<typeof messageSchema>['body']>['msgBody']>
type CaseOf<B, C> = Extract<B, { readonly case: C }>
type ValueOfCase<B, C> = CaseOf<B, C> extends { readonly value: infer V } ? V : never

export type Request = NonNullable<ValueOfCase<Body, 'request'>['reqType']>
export type Response = NonNullable<ValueOfCase<Body, 'response'>['respType']>
export type RequestDraft = NonNullable<ValueOfCase<BodyDraft, 'request'>['reqType']>
export type ResponseDraft = NonNullable<ValueOfCase<BodyDraft, 'response'>['respType']>
export type ErrorDraft = ValueOfCase<BodyDraft, 'error'>

/** A message whose header and body are there and agree. */
export type UspMessage =
  | { readonly id: string; readonly kind: 'request'; readonly request: Request }
  | { readonly id: string; readonly kind: 'response'; readonly response: Response }
  | { readonly id: string; readonly kind: 'error'; readonly error: ValueOfCase<Body, 'error'> }

export type MessageDraft =
  | { readonly id: string; readonly request: RequestDraft }
  | { readonly id: string; readonly response: ResponseDraft }
  | { readonly id: string; readonly error: ErrorDraft }

/** Header.MsgType, by the case of the body. */
export const msgTypes = {
  error: 0,
  get: 1,
  getResp: 2,
  notify: 3,
  set: 4,
  setResp: 5,
  operate: 6,
  operateResp: 7,
  add: 8,
  addResp: 9,
  delete: 10,
  deleteResp: 11,
  getSupportedDm: 12,
  getSupportedDmResp: 13,
  getInstances: 14,
  getInstancesResp: 15,
  notifyResp: 16,
  getSupportedProtocol: 17,
  getSupportedProtocolResp: 18,
  register: 19,
  deregister: 21,
} as const satisfies Record<'error' | Request['case'] | Response['case'], number>

/**
 * @throws UspError 7100 for bytes that are no message, 7004 for a message without its required parts, 7001 for one that no
 * version up to 1.4 knows
 */
export function decodeMessage(bytes: Uint8Array): UspMessage {
  if (bytes.length > limits.messageBytes)
    throw new UspError(7005, 'R-MSG.5', -1, `a message of ${bytes.length} bytes, ${limits.messageBytes} are taken`)
  const { header, body } = messageSchema.decode(bytes)
  if (header === undefined) throw new UspError(7004, 'R-MSG.6', 0, 'a message without a header')
  const id = header.msgId
  if (id === '' || id.length > limits.identifierBytes)
    throw new UspError(7004, 'R-MSG.8', 0, `a message id of ${id.length} characters`)
  const message = bodyOf(id, body?.msgBody)
  // [R-MSG.10] The type says again what the body is; when they differ, neither can be believed.
  const name = message.kind === 'error' ? 'error' : casesOf(message)
  if (msgTypes[name] !== header.msgType)
    throw new UspError(7004, 'R-MSG.10', 0, `message type ${header.msgType} over a body of ${name}`, id)
  return message
}

function casesOf(message: Exclude<UspMessage, { kind: 'error' }>): Request['case'] | Response['case'] {
  return message.kind === 'request' ? message.request.case : message.response.case
}

function bodyOf(id: string, body: Body): UspMessage {
  if (body === undefined) throw new UspError(7004, 'R-MSG.7', 0, 'a message without a body', id)
  if (body.case === 'error') return { id, kind: 'error', error: body.value }
  if (body.case === 'request' && body.value.reqType !== undefined)
    return { id, kind: 'request', request: body.value.reqType }
  if (body.case === 'response' && body.value.respType !== undefined)
    return { id, kind: 'response', response: body.value.respType }
  throw new UspError(7001, 'R-MSG.1', 0, `a ${body.case} of an unknown kind`, id)
}

export function encodeMessage(draft: MessageDraft): Uint8Array {
  const { id } = draft
  if ('request' in draft) {
    const header = { msgId: id, msgType: msgTypes[draft.request.case] }
    return messageSchema.encode({ header, body: { msgBody: { case: 'request', value: { reqType: draft.request } } } })
  }
  if ('response' in draft) {
    const header = { msgId: id, msgType: msgTypes[draft.response.case] }
    return messageSchema.encode({
      header,
      body: { msgBody: { case: 'response', value: { respType: draft.response } } },
    })
  }
  return messageSchema.encode({
    header: { msgId: id, msgType: msgTypes.error },
    body: { msgBody: { case: 'error', value: draft.error } },
  })
}
