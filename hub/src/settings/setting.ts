import { z } from 'zod'

export interface Setting<T> {
  /** Environment variable; the flag is made from it: SUTLER_HTTP_PORT is --http-port. */
  readonly name: string
  /** As it would be written; null: none. */
  readonly standard: string | null
  readonly schema: z.ZodType<T, string>
  readonly description: string
  /** Holds a credential: only from the environment, since command lines can be read by others. */
  readonly secret?: boolean
}

/** What values may be. */

const units = {
  time: { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 },
  size: { B: 1, kB: 1000, KiB: 1024, MB: 1e6, MiB: 1024 ** 2, GB: 1e9, GiB: 1024 ** 3 },
}

/** A number with a unit; the result is in the smallest one (milliseconds, bytes). */
function measure(kind: keyof typeof units): z.ZodType<number, string> {
  const factors: Record<string, number> = units[kind]
  return z.string().transform((text, context) => {
    const [, number, unit] = /^(\d+(?:\.\d+)?) ?([A-Za-z]+)$/.exec(text) ?? []
    const factor = unit === undefined ? undefined : factors[unit]
    if (number !== undefined && factor !== undefined && Number(number) > 0) return Math.round(Number(number) * factor)
    context.addIssue(
      `“${text}” is not a ${kind} such as 30${Object.keys(factors)[1]} (${Object.keys(factors).join(', ')})`,
    )
    return z.NEVER
  })
}

export const time = measure('time')
export const size = measure('size')
export const text = z.string().min(1)
export const count = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number)
  .pipe(z.number().min(1))
export const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .pipe(z.number().max(65_535))
export const url = (...protocols: string[]): z.ZodType<string, string> =>
  z.string().refine((value) => protocols.some((each) => value.startsWith(`${each}://`)) && URL.canParse(value), {
    error: `must be a URL that starts with ${protocols.map((each) => `${each}://`).join(' or ')}`,
  })
/** A URL with TLS; without it only where nobody can listen on the way: on this machine. */
export const secureUrl = (secure: string, plain: string): z.ZodType<string, string> =>
  url(secure, plain).refine(
    (value) => !value.startsWith(`${plain}://`) || /^\w+:\/\/127\.0\.0\.1[:/]/.test(`${value}/`),
    {
      error: `must start with ${secure}://; ${plain}:// is for 127.0.0.1 only`,
    },
  )
