import { CwmpError } from '../../errors.ts'

const headerLimit = 4096
const parameter =
  /[ \t]*(?:,[ \t]*)*([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))[ \t]*(?:,|$)/y

/**
 * The parameters of a challenge or of credentials (RFC 9110, 11.2), names in lower case. Values may be quoted or not: clients
 * quote `algorithm` and leave `nc` and `opaque` bare, and the other way round.
 * @throws CwmpError `bad-authorization`
 */
export function authParameters(header: string, from: number): ReadonlyMap<string, string> {
  if (header.length > headerLimit) throw malformed(null, `longer than ${headerLimit} characters`)
  const found = new Map<string, string>()
  parameter.lastIndex = from
  while (parameter.lastIndex < header.length) {
    const at = parameter.lastIndex
    if (header.slice(at).trim() === '') break
    const [, name, quoted, bare] = parameter.exec(header) ?? []
    if (name === undefined) throw malformed(at, 'what is no parameter')
    const key = name.toLowerCase()
    if (found.has(key)) throw malformed(at, `${key} twice`)
    found.set(key, quoted === undefined ? bare! : quoted.replace(/\\(.)/g, '$1'))
  }
  return found
}

export function malformed(at: number | null, detail: string): CwmpError {
  return new CwmpError('bad-authorization', 'RFC 9110, 11.2', at, `the header has ${detail}`)
}
