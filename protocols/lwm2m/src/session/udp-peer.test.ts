import { describe, expect, test } from 'vitest'
import { noBytes } from '../wire/coap-message.ts'
import { decodeUdp, emptyMessage, messageType } from '../wire/coap-udp.ts'
import { answer, method } from '../wire/numbers.ts'
import { transmission, UdpPeer } from './udp-peer.ts'
import type { CoapMessage } from '../wire/coap-message.ts'
import type { UdpMessage } from '../wire/coap-udp.ts'
import type { PeerEffect } from './udp-peer.ts'

const token = Uint8Array.of(1, 2)
const message = (code: number): CoapMessage => ({ code, token, options: [], payload: noBytes })
const from = (type: UdpMessage['type'], id: number, code: number): UdpMessage => ({ ...message(code), type, id })
const sent = (effects: readonly PeerEffect[]) =>
  effects.flatMap((effect) => (effect.kind === 'send' ? [decodeUdp(effect.bytes)] : []))
const peer = () => new UdpPeer(() => 0)

describe('the message layer', () => {
  test('repeats what is not acknowledged, each time after twice as long, and gives up after four repeats', () => {
    const it = peer()
    it.send(message(method.get), true, 0)
    const due: number[] = []
    let gaveUp = -1
    for (let now = 0; now <= 100_000; now += 250) {
      for (const effect of it.tick(now)) {
        if (effect.kind === 'send') due.push(now)
        else gaveUp = now
      }
    }
    expect(due).toEqual([2000, 6000, 14_000, 30_000])
    expect(gaveUp).toBe(62_000)
    expect(it.waiting).toBe(false)
  })

  test('stops repeating when it is acknowledged, also before the answer has come', () => {
    const it = peer()
    const [request] = sent(it.send(message(method.get), true, 0))
    expect(it.received(emptyMessage(messageType.ack, request!.id), 10)).toEqual([])
    expect(it.tick(100_000)).toEqual([])
    const separate = it.received(from(messageType.con, 99, answer.content), 20)
    expect(separate).toMatchObject([{ kind: 'answer', id: 99 }])
  })

  test('takes an answer inside an acknowledgement, but not with another token', () => {
    const it = peer()
    const [first] = sent(it.send(message(method.get), true, 0))
    expect(it.received(from(messageType.ack, first!.id, answer.content), 1)).toMatchObject([
      { kind: 'answer', id: null },
    ])
    const [second] = sent(it.send(message(method.get), true, 2))
    expect(it.received({ ...from(messageType.ack, second!.id, answer.content), token: noBytes }, 3)).toEqual([])
  })

  test('a request that comes again is answered again, and taken once', () => {
    const it = peer()
    const request = from(messageType.con, 7, method.post)
    expect(it.received(request, 0)).toMatchObject([{ kind: 'request', id: 7 }])
    expect(it.received(request, 1)).toEqual([])
    const [reply] = sent(it.reply(7, message(answer.created), 2))
    expect(reply).toMatchObject({ type: messageType.ack, id: 7, code: answer.created })
    expect(sent(it.received(request, 3))).toEqual([reply])
    expect(it.received(request, 3 + transmission.exchangeLifetime)).toMatchObject([{ kind: 'request' }])
  })

  test('an answer that takes longer is acknowledged first, and comes in a message of its own', () => {
    const it = peer()
    it.received(from(messageType.con, 7, method.post), 0)
    expect(sent(it.acknowledge(7))).toMatchObject([{ type: messageType.ack, id: 7, code: 0 }])
    expect(sent(it.reply(7, message(answer.created), 5))).toMatchObject([
      { type: messageType.con, code: answer.created },
    ])
    expect(sent(it.received(from(messageType.con, 7, method.post), 6))).toMatchObject([
      { type: messageType.ack, code: 0 },
    ])
  })

  test('a ping is reset, and a reset ends the exchange', () => {
    const it = peer()
    expect(sent(it.received(emptyMessage(messageType.con, 5), 0))).toMatchObject([{ type: messageType.rst, id: 5 }])
    const [request] = sent(it.send(message(method.get), true, 0))
    expect(it.received(emptyMessage(messageType.rst, request!.id), 1)).toMatchObject([
      { kind: 'undelivered', why: 'reset' },
    ])
    expect(it.received(emptyMessage(messageType.rst, 4711), 1)).toEqual([])
    expect(it.received(emptyMessage(messageType.ack, 4711), 1)).toEqual([])
  })

  test('remembers no more of a peer than it needs to, however much the peer sends', () => {
    const it = peer()
    for (let id = 0; id < 1000; id++) {
      it.received(from(messageType.con, id, method.post), 0)
      it.reply(id, message(answer.created), 0)
    }
    expect(it.received(from(messageType.con, 0, method.post), 1)).toMatchObject([{ kind: 'request' }])
    expect(sent(it.received(from(messageType.con, 999, method.post), 1))).toHaveLength(1)
    expect(it.idle(1)).toBe(false)
    expect(it.idle(transmission.exchangeLifetime + 2)).toBe(true)
  })
})
