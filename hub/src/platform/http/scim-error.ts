import type { Problem } from './problem.ts'

/** Where SCIM is (RFC 7644). Whatever goes wrong below it is told as SCIM tells it. */
export const scimPrefix = '/scim/v2'

export const scimMediaType = 'application/scim+json'

export function isScim(path: string): boolean {
  return path.startsWith(`${scimPrefix}/`)
}

/** Keywords by our codes, where they are not the code itself (RFC 7644, 3.12, table 9). */
const keywords: Readonly<Record<string, string>> = {
  'account-name-taken': 'uniqueness',
  'body-too-large': 'tooMany',
}
/** What follows `scim-` in our codes and is a keyword of the standard's. */
const ownKeywords = new Set([
  'invalidFilter',
  'invalidPath',
  'invalidSyntax',
  'invalidValue',
  'mutability',
  'noTarget',
  'uniqueness',
])

/** SCIM's `Error` (RFC 7644, 3.12): the same facts as the problem document has. */
export function scimErrorOf(problem: Problem) {
  const { status, detail, remedy, type } = problem
  const keyword = keywordOf(problem)
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(keyword === undefined ? {} : { scimType: keyword }),
    detail: `${detail.replace(/[.…]?$/, '.')} ${remedy} (${type})`,
  }
}

function keywordOf({ type, errors = [] }: Problem): string | undefined {
  const code = type.replace('/problems/', '')
  if (code === 'invalid-request') return errors[0]?.pointer.startsWith('#') ? 'invalidValue' : 'invalidSyntax'
  const own = code.replace(/^scim-/, '').replaceAll(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())
  return ownKeywords.has(own) && code.startsWith('scim-') ? own : keywords[code]
}

/** JSON Schema of it, for openapi.json. */
export const scimErrorSchema = {
  type: 'object',
  description: 'The error of SCIM 2.0 (RFC 7644, 3.12), for everything below /scim/v2.',
  properties: {
    schemas: { type: 'array', items: { type: 'string' } },
    status: { type: 'string', description: 'The HTTP status.' },
    scimType: { type: 'string', description: 'The keyword of RFC 7644, where it has one for this.' },
    detail: { type: 'string', description: 'What happened, to what, what to do, and the code of the problem.' },
  },
  required: ['schemas', 'status', 'detail'],
}
