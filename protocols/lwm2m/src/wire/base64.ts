import { Lwm2mWireError } from '../errors.ts'

/** Both alphabets, with or without padding: clients write either (RFC 4648, 4 and 5). */
export function bytesOfBase64(text: string, clause: string, offset: number): Uint8Array {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  if (!/^[A-Za-z0-9+/]*$/.test(plain) || plain.length % 4 === 1)
    throw new Lwm2mWireError('malformed', clause, offset, 'bytes that are no base64')
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0))
}

export function base64OfBytes(bytes: Uint8Array, alphabet: 'plain' | 'url'): string {
  let letters = ''
  for (const byte of bytes) letters += String.fromCharCode(byte)
  const plain = btoa(letters)
  return alphabet === 'plain' ? plain : plain.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
