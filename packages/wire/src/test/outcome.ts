import { WireError } from '../errors.ts'

/** The WireError that the call ends in, null when it ends well; anything else is thrown on. */
export function wireErrorOf(run: () => unknown): WireError | null {
  try {
    run()
    return null
  } catch (error) {
    if (error instanceof WireError) return error
    throw error
  }
}

/** The WireError that the call must end in. */
export function refusalOf(run: () => unknown): WireError {
  const error = wireErrorOf(run)
  if (!error) throw new Error('it was accepted')
  return error
}
