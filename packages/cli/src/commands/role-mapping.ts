import { CommandError } from '../command-error.ts'

const roles = ['operator', 'developer', 'sponsor', 'subscriber'] as const
type Role = (typeof roles)[number]

/** What the options say of roles by claim; null = nothing. @throws CommandError `option-invalid` */
export function mappingOf(claim: string | undefined, pairs: readonly string[] = []) {
  if (claim === undefined && pairs.length === 0) return null
  if (claim === undefined || pairs.length === 0)
    throw invalid(
      '--role-claim and --role belong together',
      'Give both, for example --role-claim groups --role hub-ops=operator.',
    )
  const entries = pairs.map((pair): [string, Role] => {
    const at = pair.lastIndexOf('=')
    const role = roles.find((each) => each === pair.slice(at + 1))
    if (at < 1 || role === undefined) throw invalid(`--role ${pair} is no value=role`, `Roles are ${roles.join(', ')}.`)
    return [pair.slice(0, at), role]
  })
  return { claim, roles: Object.fromEntries(entries) }
}

function invalid(message: string, remedy: string): CommandError {
  return new CommandError('option-invalid', message, remedy)
}
