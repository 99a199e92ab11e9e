import { describe, expect, test } from 'vitest'
import { typeOf } from '../mapping/object-types.ts'
import { noBytes } from '../wire/coap-message.ts'
import { decodeContent } from '../wire/content.ts'
import { answer, format, method } from '../wire/numbers.ts'
import { carryOut } from './control.ts'
import { heldBody } from './body.ts'
import { DeviceRequests } from './device-requests.ts'
import type { Answer, Request } from './conversations.ts'

/** A device that answers by a rule, and what it was asked. */
function device(rule: (request: Request) => Partial<Answer> | number) {
  const asked: Request[] = []
  const ask = async (request: Request): Promise<Answer> => {
    asked.push(request)
    const given = rule(request)
    return { contentFormat: 0, payload: noBytes, code: 0, ...(typeof given === 'number' ? { code: given } : given) }
  }
  return { asked, requests: new DeviceRequests(ask, '1.1', {}) }
}

async function payloadOf({ body = heldBody(noBytes) }: Request): Promise<Uint8Array> {
  return body.read(0, body.size)
}

describe('operations on a device', () => {
  test('a value is written as text, and in another format when the device wants one', async () => {
    const { asked, requests } = device(({ contentFormat }) =>
      contentFormat === format.senmlCbor ? answer.changed : answer.unsupportedContentFormat,
    )
    expect(await requests.write('/1/0/1', 300)).toBe(answer.changed)
    expect(asked.map(({ contentFormat }) => contentFormat)).toEqual([format.text, format.tlv, format.senmlCbor])
    for (const request of asked)
      expect(decodeContent(await payloadOf(request), request.contentFormat!, '/1/0/1', typeOf)).toEqual([
        { path: '/1/0/1', value: 300 },
      ])
  })

  test('settings are written in the type that their resource has', async () => {
    const { asked, requests } = device(() => answer.changed)
    const settings = {
      '/1/0/1': '300',
      '/1/0/6': 1,
      '/3/0/15': 'Europe/Paris',
      '/6/0/0': '52.5',
      '/4/0/8': 7,
      '/9/0/14': 42,
    }
    expect(await carryOut({ kind: 'configure', settings }, requests, () => 'id')).toEqual({ error: null, inputs: [] })
    const written = await Promise.all(
      asked.map(async (each) => [each.path, new TextDecoder().decode(await payloadOf(each))]),
    )
    expect(Object.fromEntries(written)).toEqual({
      '/1/0/1': '300',
      '/1/0/6': '1',
      '/3/0/15': 'Europe/Paris',
      '/6/0/0': '52.5',
      '/4/0/8': '7',
      '/9/0/14': '42',
    })
  })

  test('a setting that is refused ends the rest, and says which code', async () => {
    const { asked, requests } = device(() => answer.methodNotAllowed)
    const settings = { '/3/0/15': 'a', '/3/0/14': 'b' }
    expect((await carryOut({ kind: 'configure', settings }, requests, () => 'id')).error).toBe('refused-4.05')
    expect(asked).toHaveLength(1)
  })

  test('what a device answers that cannot be read counts as nothing', async () => {
    const { requests } = device(() => ({
      code: answer.content,
      contentFormat: format.senmlCbor,
      payload: Uint8Array.of(0xff),
    }))
    expect(await requests.read('/5/0')).toEqual([])
    expect(await requests.discover('/5/0')).toBeNull()
  })

  test('execute, create and delete are the requests that they are', async () => {
    const { asked, requests } = device(() => answer.changed)
    await requests.execute('/9/0/6', '1')
    await requests.execute('/5/0/2')
    await requests.create('/9')
    await requests.remove('/9/3')
    expect(asked.map(({ method: code, path }) => [code, path])).toEqual([
      [method.post, '/9/0/6'],
      [method.post, '/5/0/2'],
      [method.post, '/9'],
      [method.delete, '/9/3'],
    ])
    expect(new TextDecoder().decode(await payloadOf(asked[0]!))).toBe('1')
  })
})
