import { randomBytes } from 'node:crypto'
import type { accounts } from './accounts.ts'

/** Shown once: afterwards only its hash is known. */
export interface FirstOperator {
  readonly name: string
  readonly password: string
}

const name = 'operator'

/**
 * Makes the account `operator` with a random password if nobody can operate the hub yet. Of several hubs that start at the
 * same time one makes it. @returns null when there is an operator already
 */
export async function ensureFirstOperator(people: ReturnType<typeof accounts>): Promise<FirstOperator | null> {
  if (await people.hasOperator()) return null
  const password = randomBytes(18).toString('base64url')
  const account = await people.addFirstOperator(name, password)
  return account ? { name, password } : null
}
