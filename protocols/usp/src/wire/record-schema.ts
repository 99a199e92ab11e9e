import { choice, many, message, one, sub, type Decoded, type Encodable } from './schema.ts'

/** The USP Record, field numbers of usp-record 1.4 (1.0 to 1.3 have a part of them). */

const noSessionContext = message('NoSessionContextRecord', { payload: one(2, 'bytes') })

const sessionContext = message('SessionContextRecord', {
  sessionId: one(1, 'uint64'),
  sequenceId: one(2, 'uint64'),
  expectedId: one(3, 'uint64'),
  retransmitId: one(4, 'uint64'),
  payloadSarState: one(5, 'enum'),
  payloadrecSarState: one(6, 'enum'),
  payload: many(7, 'bytes'),
})

const webSocketConnect = message('WebSocketConnectRecord', {})
const mqttConnect = message('MQTTConnectRecord', { version: one(1, 'enum'), subscribedTopic: one(2, 'string') })
const stompConnect = message('STOMPConnectRecord', { version: one(1, 'enum'), subscribedDestination: one(2, 'string') })
const disconnect = message('DisconnectRecord', { reason: one(1, 'string'), reasonCode: one(2, 'fixed32') })
const udsConnect = message('UDSConnectRecord', {})

export const recordSchema = message('Record', {
  version: one(1, 'string'),
  toId: one(2, 'string'),
  fromId: one(3, 'string'),
  payloadSecurity: one(4, 'enum'),
  macSignature: one(5, 'bytes'),
  senderCert: one(6, 'bytes'),
  recordType: choice({
    noSessionContext: sub(7, noSessionContext),
    sessionContext: sub(8, sessionContext),
    websocketConnect: sub(9, webSocketConnect),
    mqttConnect: sub(10, mqttConnect),
    stompConnect: sub(11, stompConnect),
    disconnect: sub(12, disconnect),
    udsConnect: sub(13, udsConnect),
  }),
})

export type UspRecord = Decoded<typeof recordSchema>
export type RecordDraft = Encodable<typeof recordSchema>
export type SessionContextRecord = Decoded<typeof sessionContext>

export const payloadSecurity = { plaintext: 0, tls12: 1 } as const
/** PayloadSARState: where in a segmented message a record is. */
export const sar = { none: 0, begin: 1, inProcess: 2, complete: 3 } as const
export const mqttVersion = { v311: 0, v5: 1 } as const
