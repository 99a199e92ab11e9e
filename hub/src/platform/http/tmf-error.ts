import type { Problem } from './problem.ts'

/** Where the TM Forum Open APIs are. Whatever goes wrong below it is told as they tell it. */
export const tmfPrefix = '/tmf-api'

export const tmfMediaType = 'application/json;charset=utf-8'

export function isTmf(path: string): boolean {
  return path.startsWith(`${tmfPrefix}/`)
}

/** The `Error` of TM Forum's Open APIs (TMF630, 3.5): the same facts as the problem document has. */
export function tmfErrorOf(problem: Problem) {
  const { type, title, status, detail, remedy, requestId, errors } = problem
  return {
    code: type.replace('/problems/', ''),
    reason: title,
    message: `${detail.replace(/[.…]?$/, '.')} ${remedy}`,
    status: String(status),
    // Resolves on the hub; relative to its own address, as the type of a problem is.
    referenceError: type,
    '@type': 'Error',
    ...(requestId === undefined ? {} : { requestId }),
    ...(errors === undefined ? {} : { errors }),
  }
}

/** JSON Schema of it, for openapi.json. */
export const tmfErrorSchema = {
  type: 'object',
  description: 'The error of TM Forum’s Open APIs (TMF630), for everything below /tmf-api.',
  properties: {
    code: { type: 'string', description: 'Stable: the code of the problem.' },
    reason: { type: 'string', description: 'What kind of problem it is.' },
    message: { type: 'string', description: 'What happened this time, to what, and what to do about it.' },
    status: { type: 'string', description: 'The HTTP status.' },
    referenceError: { type: 'string', description: 'A path on the hub that explains it.' },
    '@type': { type: 'string', const: 'Error' },
    requestId: { type: 'string', description: 'Finds this request in the hub’s log.' },
    errors: {
      type: 'array',
      description: 'The wrong places of the request; an addition to TM Forum’s error.',
      items: {
        type: 'object',
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
        required: ['pointer', 'detail'],
      },
    },
  },
  required: ['code', 'reason', 'message', 'status', 'referenceError', '@type'],
}
