import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto'
import { promisify } from 'node:util'
import { CallerError, InvariantError } from '../../../platform/errors.ts'
import { weakness } from '../domain/weak-password.ts'
import { TooManyAttempts, weakPassword } from './codes.ts'

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane. Memory in KiB. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const digestBytes = 32
/** Each run takes 19 MiB and a thread of the pool that files are read with, too. */
const mostAtOnce = 2
const mostWaiting = 100

const derive = promisify(argon2) as (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>

export type Passwords = ReturnType<typeof passwords>

/** Hashing of passwords, a few at a time. Each may throw TooManyAttempts when too many wait for their turn. */
export function passwords() {
  let running = 0
  const waiting: (() => void)[] = []

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < mostAtOnce) running++
    else {
      if (waiting.length >= mostWaiting) throw new TooManyAttempts(2_000)
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }

  /** The password as stored: a PHC string (argon2id, version 0x13). */
  const hash = async (password: string): Promise<string> => {
    const salt = randomBytes(16)
    const digest = await inTurn(() =>
      derive('argon2id', { ...cost, message: password, nonce: salt, tagLength: digestBytes }),
    )
    const parameters = `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`
    return `$argon2id$v=19$${parameters}$${unpadded(salt)}$${unpadded(digest)}`
  }

  return {
    /** The same for a password that somebody has just chosen. @throws CallerError `weak-password` (422) */
    async hashNew(password: string, accountName: string): Promise<string> {
      const why = weakness(password, accountName)
      if (why === null) return hash(password)
      const detail = `The password ${why}.`
      throw new CallerError(weakPassword, detail, { places: [{ pointer: '/password', detail }] })
    },

    /** Whether `password` is the one that `stored` was made of, by the parameters it was stored with. */
    async verify(password: string, stored: string): Promise<boolean> {
      const { digest, ...parameters } = readStored(stored)
      const given = await inTurn(() =>
        derive('argon2id', { ...parameters, message: password, tagLength: digest.length }),
      )
      return timingSafeEqual(given, digest)
    },

    /** Takes as long as `verify` where there is nothing to compare with, so that time does not tell who has an account. */
    async verifyNobody(password: string): Promise<false> {
      const nonce = Buffer.alloc(16)
      await inTurn(() => derive('argon2id', { ...cost, message: password, nonce, tagLength: digestBytes }))
      return false
    },
  }
}

function readStored(stored: string) {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(stored)
  if (!parts) throw new InvariantError('a stored password is no argon2id PHC string')
  return {
    memory: Number(parts[1]),
    passes: Number(parts[2]),
    parallelism: Number(parts[3]),
    nonce: Buffer.from(parts[4]!, 'base64'),
    digest: Buffer.from(parts[5]!, 'base64'),
  }
}

/** Base64 without padding, as PHC strings have it. */
function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
