import type { Context } from 'hono'
import type { ApiEnv } from '../../../platform/http/api.ts'
import { bindings } from '../../../platform/http/bindings.ts'
import { TooManyAttempts } from '../app/codes.ts'

/** Runs an attempt that is limited by address; a refusal says in Retry-After when to try again. */
export async function attempt<T>(c: Context<ApiEnv>, work: (address: string) => Promise<T>): Promise<T> {
  try {
    return await work(bindings(c).incoming?.socket.remoteAddress ?? 'unknown')
  } catch (error) {
    if (error instanceof TooManyAttempts) c.header('retry-after', String(error.retryAfter))
    throw error
  }
}
