import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { digestAuthorization, type Login } from './digest.ts'

/** A transfer that ended badly, with the fault code that the device reports (TR-069 A.5.1). */
export class TransferFault extends Error {
  readonly code: number

  constructor(code: number, detail: string) {
    super(detail)
    this.name = 'TransferFault'
    this.code = code
  }
}

/** Fetches a file, with the login that the ACS gave. @throws TransferFault */
export function download(url: string, login: Login, authority?: string): Promise<Buffer> {
  return transfer(url, 'GET', login, null, authority)
}

/** Puts a file to where the ACS wants it. @throws TransferFault */
export async function upload(url: string, login: Login, content: Buffer, authority?: string): Promise<void> {
  await transfer(url, 'PUT', login, content, authority)
}

async function transfer(
  url: string,
  method: string,
  login: Login,
  content: Buffer | null,
  authority?: string,
): Promise<Buffer> {
  const first = await once(url, method, null, content, authority)
  const challenge = first.challenge
  if (first.status !== 401 || challenge === undefined || login.username === '') return checked(first)
  const { pathname, search } = new URL(url)
  const authorization = /^digest/i.test(challenge)
    ? digestAuthorization(challenge, method, pathname + search, login, 1)
    : `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`
  return checked(await once(url, method, authorization, content, authority))
}

interface TransferAnswer {
  readonly status: number
  readonly challenge: string | undefined
  readonly body: Buffer
}

function checked({ status, body }: TransferAnswer): Buffer {
  if (status >= 200 && status < 300) return body
  throw new TransferFault(status === 401 ? 9012 : 9016, `the file server answered ${status}`)
}

function once(url: string, method: string, authorization: string | null, content: Buffer | null, authority?: string) {
  const start = url.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise<TransferAnswer>((resolve, reject) => {
    const fail = (error: Error) => reject(new TransferFault(method === 'GET' ? 9010 : 9011, error.message))
    const headers = {
      ...(authorization !== null && { authorization }),
      ...(content !== null && { 'content-length': content.length }),
    }
    const request = start(url, { method, headers, ...(authority && { ca: authority }) }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', fail)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          challenge: response.headers['www-authenticate'],
          body: Buffer.concat(chunks),
        }),
      )
    })
    request.setTimeout(30_000, () => request.destroy(new Error('no answer within 30 s')))
    request.on('error', fail)
    request.end(content ?? undefined)
  })
}
