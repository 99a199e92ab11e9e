import { X509Certificate } from 'node:crypto'
import { get } from 'node:https'
import { ApiError } from '../api-error.ts'
import { unreachable } from '../client.ts'

/** Bytes: a chain of certificates has a few thousand. */
const mostBytes = 65_536
const deadline = 30_000

/**
 * The certificate of a hub's authority that has this fingerprint, PEM. It is fetched from the hub without trusting anybody:
 * the fingerprint, which came another way, decides.
 * @param fingerprint SHA-256 of the root's certificate in base64url, as claims carry it; or in hexadecimal
 * @throws ApiError `unreachable`, `untrusted`
 */
export async function hubAuthority(hub: string, fingerprint: string): Promise<string> {
  const text = await read(new URL('/ca.pem', hub)).catch((error: unknown) => {
    throw unreachable(hub, error)
  })
  const wanted = digestOf(fingerprint)
  for (const [block] of text.matchAll(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g)) {
    const found = Buffer.from(new X509Certificate(block).fingerprint256.replaceAll(':', ''), 'hex')
    if (wanted !== null && found.equals(wanted)) return block
  }
  throw new ApiError({
    type: '/problems/untrusted',
    title: 'This is not the hub that was meant',
    status: 0,
    detail: `${new URL(hub).origin} has another authority than the fingerprint says`,
    remedy: 'Ask whoever runs the hub for its fingerprint (`sutler authority show`), and how the hub is reached.',
  })
}

function digestOf(fingerprint: string): Buffer | null {
  const hex = fingerprint.replaceAll(':', '')
  if (/^[0-9a-f]{64}$/i.test(hex)) return Buffer.from(hex, 'hex')
  return /^[A-Za-z0-9_-]{43}$/.test(fingerprint) ? Buffer.from(fingerprint, 'base64url') : null
}

function read(url: URL): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get(url, { rejectUnauthorized: false, timeout: deadline, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
        if (text.length > mostBytes) request.destroy(new Error('the answer is too large'))
      })
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve(text) : reject(new Error(`answer ${answer.statusCode}`)),
      )
      answer.on('error', reject)
    })
    request.on('timeout', () => request.destroy(new Error('no answer in time')))
    request.on('error', reject)
  })
}
