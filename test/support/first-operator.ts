import { answer, createClient } from '@sutler/client'

/** The first operator of a test's hub. */
export const firstOperator = { name: 'operator', password: 'the operator of tests' } as const

/** Opens the link that the hub made at its start, as a person does in a browser. @param hub where it is reached @returns the token of the session */
export async function becomeOperator(
  link: string,
  hub: string,
  choice: { name: string; password: string } = firstOperator,
) {
  const { hash } = new URL(link)
  const [token = ''] = hash.slice(1).split('.')
  return answer(await createClient({ hub }).POST('/api/v1/setup', { body: { ...choice, token } })).token
}
