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
      else if (request.url === '/endless') {
        response.writeHead(200, { 'retry-after': '7' })
        const drip = setInterval(() => response.write('x'.repeat(100)), 1)
        response.on('close', () => clearInterval(drip))
      } else response.writeHead(request.url === '/ok' ? 204 : 500).end()
    })
  })
  let base = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))
  const options = { headers: {}, allowInside: true, timeout: 5_000, beginning: 500 }

  it('tells what the receiver said; redirects are not followed', async () => {
    expect(await post(`${base}/ok`, '{"a":1}', options)).toMatchObject({ status: 204, inside: true })
    expect(seen).toEqual(['{"a":1}'])
    expect(await post(`${base}/wrong`, '', options)).toMatchObject({ status: 500 })
    expect(await post(`${base}/redirect`, '', options)).toMatchObject({ status: 302 })
    await expect(post('http://127.0.0.1:1/', '', options)).rejects.toMatchObject({ code: 'receiver-failed' })
  })
  it('reads no more of an answer than its beginning, however long it goes on', async () => {
    const said = await post(`${base}/endless`, '', options)
    expect(said).toEqual({ status: 200, inside: true, retryAfterSeconds: 7, beginning: 'x'.repeat(500) })
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
