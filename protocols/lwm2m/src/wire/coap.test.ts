import * as oracle from 'coap-packet'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fuzz } from '../test/fuzz.ts'
import { blockOf, blockOption } from './block.ts'
import { badOption, noBytes, sorted, texts, uint, uintOption } from './coap-message.ts'
import { decodeTcp, encodeTcp, TcpFrames } from './coap-tcp.ts'
import { decodeUdp, encodeUdp, messageType } from './coap-udp.ts'
import { answer, codeText, format, method, option } from './numbers.ts'
import type { CoapMessage } from './coap-message.ts'
import type { UdpMessage } from './coap-udp.ts'

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

const options = fc
  .array(fc.record({ number: fc.integer({ min: 1, max: 3000 }), value: fc.uint8Array({ maxLength: 400 }) }), {
    maxLength: 20,
  })
  .map(sorted)
const message: fc.Arbitrary<CoapMessage> = fc.record({
  code: fc.integer({ min: 1, max: 255 }),
  token: fc.uint8Array({ maxLength: 8 }),
  options,
  payload: fc.uint8Array({ maxLength: 2000 }),
})
const datagram: fc.Arbitrary<UdpMessage> = fc
  .tuple(message, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 0xffff }))
  .map(([inner, type, id]) => ({ ...inner, type: type as UdpMessage['type'], id }))

const register: UdpMessage = {
  type: messageType.con,
  code: method.post,
  id: 1,
  token: Uint8Array.of(1, 2),
  options: [
    ...texts(option.uriPath, ['rd']),
    uint(option.contentFormat, format.link),
    ...texts(option.uriQuery, ['ep=box-1', 'lt=300', 'lwm2m=1.1', 'b=U']),
  ],
  payload: new TextEncoder().encode('</1/0>,</3/0>,</5/0>'),
}

describe('datagrams', () => {
  test('what is encoded as a datagram is decoded to the same', () => {
    fc.assert(
      fc.property(datagram, (each) => {
        expect(decodeUdp(encodeUdp(each))).toEqual(each)
      }),
    )
  })

  test('an independent reader of datagrams reads the same', () => {
    fc.assert(
      fc.property(datagram, (each) => {
        const read = oracle.parse(Buffer.from(encodeUdp(each)))
        expect(read.code).toBe(codeText(each.code))
        expect(read.messageId).toBe(each.id)
        expect(new Uint8Array(read.token)).toEqual(each.token)
        expect(read.options?.map(({ value }) => new Uint8Array(value))).toEqual(each.options.map(({ value }) => value))
        expect(new Uint8Array(read.payload)).toEqual(each.payload)
      }),
    )
  })

  test.each([
    ['', 'truncated', 'RFC 7252, 3'],
    ['80 01 00 01', 'malformed', 'RFC 7252, 3'],
    ['49 01 00 01 0102030405060708 09', 'malformed', 'RFC 7252, 3'],
    ['42 01 00 01 01', 'truncated', 'RFC 7252, 3'],
    ['40 00 00 01 ff', 'malformed', 'RFC 7252, 4.1'],
    ['40 01 00 01 ff', 'malformed', 'RFC 7252, 3'],
    ['40 01 00 01 f1 00', 'malformed', 'RFC 7252, 3.1'],
    ['40 01 00 01 1f 00', 'malformed', 'RFC 7252, 3.1'],
    ['40 01 00 01 b3 61', 'truncated', 'RFC 7252, 3'],
    ['40 01 00 01 e0 ff ff e0 ff ff', 'malformed', 'RFC 7252, 3.1'],
  ])('the datagram %s is %s (%s)', (hex, code, clause) => {
    expect(() => decodeUdp(bytes(hex))).toThrow(expect.objectContaining({ code, clause }))
  })

  test('a datagram with more options than any request has is refused', () => {
    const many = new Uint8Array(4 + 65)
    many.set(bytes('40 01 00 01'))
    expect(() => decodeUdp(many)).toThrow(expect.objectContaining({ code: 'too-large' }))
    expect(() => decodeUdp(new Uint8Array(20_000).fill(0x40))).toThrow(expect.objectContaining({ code: 'too-large' }))
  })

  test('hostile datagrams are refused with clause and offset', () => {
    expect(fuzz([encodeUdp(register)], decodeUdp)).toEqual([])
  })
})

describe('streams', () => {
  test('what is encoded for a stream is decoded to the same', () => {
    fc.assert(
      fc.property(message, (each) => {
        expect(decodeTcp(encodeTcp(each))).toEqual(each)
      }),
    )
  })

  test('messages are cut out of a stream however it is chopped', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), fc.integer({ min: 1, max: 50 }), (messages, step) => {
        const stream = Buffer.concat(messages.map(encodeTcp))
        const frames = new TcpFrames()
        const got: CoapMessage[] = []
        for (let at = 0; at < stream.length; at += step) got.push(...frames.put(stream.subarray(at, at + step)))
        expect(got.map((each) => encodeTcp(each))).toEqual(messages.map((each) => encodeTcp(each)))
        expect(frames.waiting).toBe(0)
      }),
      { numRuns: 50 },
    )
  })

  test('a message that announces more than is allowed ends the stream before it comes', () => {
    expect(() => new TcpFrames().put(bytes('f0 ff ff ff ff'))).toThrow(expect.objectContaining({ code: 'too-large' }))
    expect(() => new TcpFrames().put(bytes('09'))).toThrow(expect.objectContaining({ code: 'malformed' }))
  })

  test('hostile streams are refused with clause and offset', () => {
    const samples = [encodeTcp(register), encodeTcp({ ...register, payload: new Uint8Array(300) })]
    expect(fuzz(samples, decodeTcp)).toEqual([])
    expect(fuzz(samples, (each) => new TcpFrames().put(each))).toEqual([])
  })
})

describe('options', () => {
  test('blocks go through their option', () => {
    for (const block of [
      { number: 0, more: false, size: 16 },
      { number: 0xf_ffff, more: true, size: 1024 },
      { number: 7, more: true, size: 1024, bert: true as const },
    ]) {
      expect(blockOf({ ...register, options: [blockOption(option.block1, block)] }, option.block1)).toEqual(block)
    }
    expect(blockOf(register, option.block1)).toBeUndefined()
  })

  test('a critical option that is unknown, too long or repeated is found', () => {
    const withOption = (number: number, length: number, times = 1) => ({
      ...register,
      options: Array.from({ length: times }, () => ({ number, value: new Uint8Array(length) })),
    })
    expect(badOption(register)).toBeNull()
    expect(badOption(withOption(2049, 1))).toBe(2049)
    expect(badOption(withOption(2048, 1))).toBeNull()
    expect(badOption(withOption(option.accept, 3))).toBe(option.accept)
    expect(badOption(withOption(option.accept, 1, 2))).toBe(option.accept)
    expect(badOption(withOption(option.uriPath, 3, 2))).toBeNull()
    expect(badOption(withOption(option.proxyUri, 3))).toBe(option.proxyUri)
  })

  test('a number in an option takes as few bytes as it needs', () => {
    expect(uint(option.accept, 0).value).toEqual(noBytes)
    expect(uint(option.accept, 11_544).value).toEqual(bytes('2d18'))
    expect(uintOption({ ...register, options: [uint(option.accept, 11_544)] }, option.accept)).toBe(11_544)
    expect(codeText(answer.requestEntityIncomplete)).toBe('4.08')
  })
})
