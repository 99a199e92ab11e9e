import type { SecureContextOptions } from 'node:tls'

/** A hub's key and certificate, PEM: its own first, then the authorities up to the root. */
export interface ServerKey {
  readonly key: string
  readonly certificate: string
}

/** Forward secrecy and authenticated encryption only; those of TLS 1.3 first (RFC 9325, 4.2). */
const ciphers = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':')

/** Seconds for which a device that comes back need not do the whole handshake again. */
const resumable = 3600

/** For every listener. @param authority PEM of who signs the certificates of those who connect */
export function tlsSettings({ key, certificate }: ServerKey, authority: string): SecureContextOptions {
  return { key, cert: certificate, ca: authority, ciphers, minVersion: 'TLSv1.2', sessionTimeout: resumable }
}
