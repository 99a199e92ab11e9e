/** Record errors of the standard (TR-369, USP Record errors), and what a message can be refused with. */
export const uspErrorCodes = {
  7001: 'Message not supported',
  7003: 'Internal error',
  7004: 'Invalid arguments',
  7005: 'Resources exceeded',
  7100: 'Record could not be parsed',
  7101: 'Secure session required',
  7102: 'Secure session not supported',
  7103: 'Segmentation and reassembly not supported',
  7104: 'Invalid record value',
  7105: 'Session Context terminated',
  7106: 'Session Context not allowed',
} as const

export type UspErrorCode = keyof typeof uspErrorCodes

/** Bytes, a record or a message break the standard. */
export class UspError extends Error {
  /** By which the other endpoint is told, in a disconnect record or an Error message. */
  readonly code: UspErrorCode
  /** The requirement that is broken, for example `R-MSG.8`; `protobuf` for the encoding itself. */
  readonly clause: string
  /** Where in the bytes; −1 when it is not about one place. */
  readonly offset: number
  /** Set when the message's id could be read, so that it can be answered with an Error. */
  readonly messageId: string | undefined

  constructor(code: UspErrorCode, clause: string, offset: number, detail: string, messageId?: string) {
    const where = offset < 0 ? '' : ` at byte ${offset}`
    super(`${code} ${uspErrorCodes[code]} (${clause}${where}): ${detail}`)
    this.name = 'UspError'
    this.code = code
    this.clause = clause
    this.offset = offset
    this.messageId = messageId
  }
}

/** A caller breaks the contract of the protocol package. */
export class UspProtocolError extends Error {
  readonly code: 'not-started'

  constructor(code: UspProtocolError['code'], detail: string) {
    super(`${code}: ${detail}`)
    this.name = 'UspProtocolError'
    this.code = code
  }
}

/** An agent has answered a request with an Error message, or not at all. */
export class AgentRefusal extends Error {
  /** The standard's error code; null when there was no answer. */
  readonly code: number | null

  constructor(code: number | null, detail: string) {
    super(code === null ? `no answer: ${detail}` : `${code}: ${detail}`)
    this.name = 'AgentRefusal'
    this.code = code
  }
}
