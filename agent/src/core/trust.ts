import { fromPem, toPem } from '@sutler/wire/der'
import { toBase64Url } from './base64.ts'
import { AgentError } from './errors.ts'
import type { AgentPlatform, HttpAnswer } from './platform.ts'
import type { AgentSettings } from './settings.ts'

/**
 * The certificate of the hub's authority, PEM. It is fetched from whoever answers; the fingerprint decides.
 * @param fingerprint SHA-256 in base64url
 * @throws AgentError `network`, `untrusted`
 */
export async function learnAuthority(
  platform: AgentPlatform,
  settings: AgentSettings,
  hub: string,
  fingerprint: string,
  stop: AbortSignal,
): Promise<string> {
  const url = `${hub}/ca.pem`
  const answer = await platform.http.request({ method: 'GET', url, unverified: true, idle: settings.idle, stop })
  const text = await readText(answer)
  if (answer.status >= 500 || answer.status === 429) throw new AgentError('network', `${url}: answer ${answer.status}`)
  for (const certificate of fromPem('CERTIFICATE', text)) {
    const hasher = platform.crypto.sha256()
    hasher.update(certificate)
    const digest = Uint8Array.from(hasher.digest().match(/../g) ?? [], (hex) => Number.parseInt(hex, 16))
    if (toBase64Url(digest) === fingerprint) return toPem('CERTIFICATE', certificate)
  }
  throw new AgentError('untrusted', `${hub} is not the hub that the claim is for: its authority is another one`)
}

/** A short answer's text. @throws AgentError `network` when it is larger than 64 KiB */
export async function readText(answer: HttpAnswer): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of answer.body) {
      text += decoder.decode(chunk, { stream: true })
      if (text.length > 65_536) throw new AgentError('network', 'the answer is too large')
    }
    return text
  } finally {
    answer.close()
  }
}

/**
 * A small JSON answer.
 * @throws AgentError `network` when it is larger than 64 KiB or not JSON
 */
export async function readJson(answer: HttpAnswer): Promise<unknown> {
  const text = await readText(answer)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AgentError('network', `answer ${answer.status} is not JSON`, error)
  }
}
