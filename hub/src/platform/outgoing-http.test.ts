import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isInside, post } from './outgoing-http.ts'

describe('posting to other systems', () => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    request.setEncoding('utf8')
    let body = ''
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      seen.push(body)
      if (request.url === '/redirect') response.writeHead(302, { location: '/ok' }).end()
      else response.writeHead(request.url === '/ok' ? 204 : 500).end()
    })
  })
  let base = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))
  const options = { headers: {}, allowInside: true, timeout: 5_000 }

  it('succeeds on 2xx only; redirects are not followed', async () => {
    await post(`${base}/ok`, '{"a":1}', options)
    expect(seen).toEqual(['{"a":1}'])
    await expect(post(`${base}/wrong`, '', options)).rejects.toMatchObject({ code: 'receiver-failed' })
    await expect(post(`${base}/redirect`, '', options)).rejects.toMatchObject({ code: 'receiver-failed' })
  })
  it('never reaches the hub’s own network unless allowed, by address or by name', async () => {
    const closed = { ...options, allowInside: false }
    await expect(post(`${base}/ok`, '', closed)).rejects.toMatchObject({ code: 'address-not-allowed' })
    const byName = base.replace('127.0.0.1', 'localhost')
    await expect(post(`${byName}/ok`, '', closed)).rejects.toMatchObject({
      code: 'address-not-allowed',
      message: expect.not.stringMatching(/127\.0\.0\.1|::1/),
    })
  })
  it('knows the special address ranges', () => {
    for (const address of ['127.0.0.1', '10.1.2.3', '169.254.1.1', '::1', 'fd00::1', '::ffff:192.168.0.1'])
      expect(isInside(address), address).toBe(true)
    for (const address of ['1.1.1.1', '2606:4700::1111']) expect(isInside(address), address).toBe(false)
  })
})
