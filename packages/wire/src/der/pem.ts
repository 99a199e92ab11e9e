/** PEM texts (RFC 7468) on `btoa`, which every runtime has. */

export function toPem(label: string, der: Uint8Array): string {
  let binary = ''
  for (const byte of der) binary += String.fromCharCode(byte)
  const lines = btoa(binary).match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** The contents of all blocks with this label, in their order; empty when there is none that can be read. */
export function fromPem(label: string, text: string): Uint8Array[] {
  const blocks = text.matchAll(new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`, 'g'))
  return [...blocks].flatMap(([, body = '']) => {
    try {
      const binary = atob(body.replaceAll(/\s/g, ''))
      const bytes = new Uint8Array(binary.length)
      for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at)
      return [bytes]
    } catch {
      // Not base64: then it is no block.
      return []
    }
  })
}
