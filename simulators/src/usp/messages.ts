import { encode, fixed, mapEntries, Message, type Fields } from './protobuf.ts'

/** Fields of Body: a request, a response, an error. */
const bodies = { request: 1, response: 2, error: 3 } as const
/** Header.MsgType and the number within Request or Response, by name. */
const kinds = {
  getResp: [2, 1],
  getSupportedDmResp: [13, 2],
  getInstancesResp: [15, 3],
  setResp: [5, 4],
  addResp: [9, 5],
  deleteResp: [11, 6],
  operateResp: [7, 7],
  notify: [3, 8],
  getSupportedProtocolResp: [18, 9],
} as const

export type Kind = keyof typeof kinds

export function message(id: string, kind: Kind, body: Fields): Buffer {
  const [type, number] = kinds[kind]
  const part = kind === 'notify' ? bodies.request : bodies.response
  return encode([
    [
      1,
      [
        [1, id],
        [2, type],
      ],
    ],
    [2, [[part, [[number, body]]]]],
  ])
}

export function errorMessage(id: string, code: number, text: string): Buffer {
  return encode([
    [1, [[1, id]]],
    [2, [[bodies.error, failure(code, text)]]],
  ])
}

export function failure(code: number, text: string): Fields {
  return [
    [1, fixed(code)],
    [2, text],
  ]
}

/** What came: the number within Request or Response, and the body. */
export interface Heard {
  readonly id: string
  readonly part: 'request' | 'response' | 'error'
  readonly number: number
  readonly body: Message
}

export function read(bytes: Uint8Array): Heard {
  const whole = new Message(bytes)
  const body = whole.sub(2)
  const part = body.has(1) ? 'request' : body.has(2) ? 'response' : 'error'
  const inner = body.sub(bodies[part])
  const number = part === 'error' ? 0 : (inner.numbers()[0] ?? 0)
  return { id: whole.sub(1).text(1), part, number, body: part === 'error' ? inner : inner.sub(number) }
}

/** Numbers within Request. */
export const requests = {
  get: 1,
  getSupportedDm: 2,
  getInstances: 3,
  set: 4,
  add: 5,
  delete: 6,
  operate: 7,
  getSupportedProtocol: 9,
} as const
export const notifyResponse = 8

/** `Event`, `OperationComplete`, … within Notify. */
export function notifyBody(subscription: string, sendResp: boolean, number: number, body: Fields): Fields {
  return [
    [1, subscription],
    [2, sendResp],
    [number, body],
  ]
}

export const notifications = { event: 3, valueChange: 4, operationComplete: 7, onBoardRequest: 8 } as const

export function eventBody(path: string, name: string, params: Readonly<Record<string, string>>): Fields {
  return [[1, path], [2, name], ...mapEntries(3, new Map(Object.entries(params)))]
}
