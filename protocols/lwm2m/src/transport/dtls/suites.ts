import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto'

interface Suite {
  readonly id: number
  readonly algorithm: 'aes-128-ccm' | 'aes-128-gcm'
  readonly tagBytes: 8 | 16
}

/**
 * PSK suites with AEAD (RFC 6655, RFC 5487), the preferred first. CCM_8 is the one that every LwM2M client has
 * (OMA LwM2M Transport 1.2, 5.2.8.1). None in CBC mode: its padding has been the way in too often.
 */
export const suites: readonly Suite[] = [
  { id: 0x00a8, algorithm: 'aes-128-gcm', tagBytes: 16 },
  { id: 0xc0a4, algorithm: 'aes-128-ccm', tagBytes: 16 },
  { id: 0xc0a8, algorithm: 'aes-128-ccm', tagBytes: 8 },
]

/** RFC 5246, 5: P_SHA256. */
export function prf(secret: Uint8Array, label: string, seed: Uint8Array, bytes: number): Buffer {
  const labelled = Buffer.concat([Buffer.from(label), seed])
  const parts: Buffer[] = []
  let a: Uint8Array = labelled
  for (let length = 0; length < bytes; length += 32) {
    a = createHmac('sha256', secret).update(a).digest()
    parts.push(createHmac('sha256', secret).update(a).update(labelled).digest())
  }
  return Buffer.concat(parts).subarray(0, bytes)
}

export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** RFC 4279, 2: as many zeros as the key has bytes stand where another exchange has its secret. */
export function premasterSecret(key: Uint8Array): Buffer {
  const length = Buffer.from([key.length >> 8, key.length & 255])
  return Buffer.concat([length, Buffer.alloc(key.length), length, key])
}

const explicitBytes = 8

/** One direction's protection of records (RFC 5246, 6.2.3.3; RFC 6347, 4.1.2.1). */
export class Protection {
  readonly #suite: Suite
  readonly #key: Uint8Array
  readonly #salt: Uint8Array

  constructor(suite: Suite, key: Uint8Array, salt: Uint8Array) {
    this.#suite = suite
    this.#key = key
    this.#salt = salt
  }

  seal(type: number, number: Uint8Array, plain: Uint8Array): Buffer {
    const { algorithm, tagBytes } = this.#suite
    const options = { authTagLength: tagBytes }
    const cipher = createCipheriv(algorithm as 'aes-128-ccm', this.#key, this.#nonce(number), options)
    cipher.setAAD(additional(type, number, plain.length), { plaintextLength: plain.length })
    const sealed = cipher.update(plain)
    cipher.final()
    return Buffer.concat([number, sealed, cipher.getAuthTag()])
  }

  /** @returns null when it is not genuine */
  open(type: number, number: Uint8Array, fragment: Uint8Array): Buffer | null {
    const { algorithm, tagBytes } = this.#suite
    const length = fragment.length - explicitBytes - tagBytes
    if (length < 0) return null
    const nonce = this.#nonce(fragment.subarray(0, explicitBytes))
    const decipher = createDecipheriv(algorithm as 'aes-128-ccm', this.#key, nonce, { authTagLength: tagBytes })
    decipher.setAuthTag(fragment.subarray(fragment.length - tagBytes))
    decipher.setAAD(additional(type, number, length), { plaintextLength: length })
    try {
      const plain = decipher.update(fragment.subarray(explicitBytes, explicitBytes + length))
      decipher.final()
      return plain
    } catch {
      // It does not authenticate: RFC 6347, 4.1.2.7 drops such a record in silence.
      return null
    }
  }

  /** RFC 6655, 3: salt and explicit part. */
  #nonce(explicit: Uint8Array): Buffer {
    return Buffer.concat([this.#salt, explicit])
  }
}

/** @param number epoch and sequence number together, 8 bytes */
function additional(type: number, number: Uint8Array, length: number): Buffer {
  return Buffer.concat([number, Buffer.from([type, 0xfe, 0xfd, length >> 8, length & 255])])
}

/** RFC 5246, 6.3, for suites without a MAC key. */
export function protections(suite: Suite, master: Uint8Array, clientRandom: Uint8Array, serverRandom: Uint8Array) {
  const block = prf(master, 'key expansion', Buffer.concat([serverRandom, clientRandom]), 40)
  return {
    client: new Protection(suite, block.subarray(0, 16), block.subarray(32, 36)),
    server: new Protection(suite, block.subarray(16, 32), block.subarray(36, 40)),
  }
}

/** 16 bits of epoch, 48 of sequence number. */
export function recordNumber(epoch: number, sequence: number): Buffer {
  const number = Buffer.alloc(8)
  number.writeUInt16BE(epoch, 0)
  number.writeUIntBE(sequence, 2, 6)
  return number
}

export type { Suite }
