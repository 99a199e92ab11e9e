import { describe, expect, test } from 'vitest'
import { fuzz } from '../test/fuzz.ts'
import { parseRegistration, parseUpdate } from './registration-request.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const links = utf8('</>;rt="oma.lwm2m";ct=110,</1/0>;ver=1.1,</3/0>,</5>,</9/0>,</9/3>,</3442/65535>')

describe('what a client says when it registers', () => {
  test('is read, with its objects and their versions', () => {
    const request = parseRegistration(['ep=box-1', 'lt=300', 'lwm2m=1.1', 'b=U', 'Q'], links)
    expect(request).toMatchObject({ endpoint: 'box-1', lifetime: 300, version: '1.1', queue: true })
    expect(Object.fromEntries(request.objects)).toEqual({
      1: { version: '1.1', instances: [0] },
      3: { version: '1.0', instances: [0] },
      5: { version: '1.0', instances: [] },
      9: { version: '1.0', instances: [0, 3] },
      3442: { version: '1.0', instances: [65_535] },
    })
  })

  test('has defaults: a day, version 1.0, the binding U where none is sent', () => {
    expect(parseRegistration(['ep=box-1'], links)).toMatchObject({ lifetime: 86_400, version: '1.0', queue: false })
  })

  test('queue mode is said by the binding in 1.0, and by Q later', () => {
    expect(parseRegistration(['ep=a', 'b=UQ'], links).queue).toBe(true)
    expect(parseRegistration(['ep=a', 'lwm2m=1.1', 'b=U'], links).queue).toBe(false)
  })

  test('objects below an alternate path are found', () => {
    const { objects } = parseRegistration(['ep=a'], utf8('</lwm2m>;rt="oma.lwm2m",</lwm2m/3/0>,</other/4/0>'))
    expect([...objects.keys()]).toEqual([3])
  })

  test.each([
    ['ep=', 'malformed'],
    ['ep=a b', 'malformed'],
    [`ep=${'a'.repeat(129)}`, 'malformed'],
    ['lt=soon', 'malformed'],
    ['lwm2m=2.0', 'not-allowed'],
    ['b=X', 'malformed'],
  ])('%s is %s', (query, code) => {
    expect(() => parseRegistration([query], links)).toThrow(expect.objectContaining({ code }))
  })

  test('a parameter that comes twice is refused', () => {
    expect(() => parseRegistration(['ep=a', 'ep=b'], links)).toThrow('twice')
  })

  test('an update changes what it names, and nothing else', () => {
    expect(parseUpdate([], new Uint8Array(0))).toEqual({})
    expect(parseUpdate(['lt=60'], new Uint8Array(0))).toEqual({ lifetime: 60 })
    expect(parseUpdate(['b=U'], links)).toMatchObject({ queue: false, objects: expect.any(Map) as object })
    expect(parseUpdate(['lt=0'], new Uint8Array(0))).toEqual({ lifetime: 4_294_967_295 })
  })

  test('hostile registrations are refused with clause and offset', () => {
    expect(fuzz([links], (bytes) => parseRegistration(['ep=a'], bytes))).toEqual([])
    const query = utf8('ep=box-1&lt=300&lwm2m=1.1&b=U')
    expect(fuzz([query], (bytes) => parseRegistration(Buffer.from(bytes).toString().split('&'), links))).toEqual([])
  })
})
