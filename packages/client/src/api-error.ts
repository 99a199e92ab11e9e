/** A request that the hub refused or failed, as its problem document (RFC 9457) says it. */
export class ApiError extends Error {
  /** Stable: docs/reference/errors.md lists them. `unreachable` when no hub answered. */
  readonly code: string
  /** HTTP status; 0 when no hub answered. */
  readonly status: number
  readonly title: string
  /** What to do. */
  readonly remedy: string
  /** Wrong places in the request: JSON pointers into its body, or `#query/name`. */
  readonly places: readonly { readonly pointer: string; readonly detail: string }[]

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(problem.detail ?? problem.title, options)
    this.name = 'ApiError'
    this.code = problem.type.replace(/^.*\/problems\//, '')
    this.status = problem.status
    this.title = problem.title
    this.remedy = problem.remedy ?? ''
    this.places = problem.errors ?? []
  }
}

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly remedy?: string
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]
}

/** Reads the problem of a failed answer; one that is no problem document (a proxy's page) is told as such. */
export async function problemOf(response: Response): Promise<ApiError> {
  const text = await response.text()
  if (response.headers.get('content-type')?.includes('application/problem+json'))
    return new ApiError(JSON.parse(text) as Problem)
  return new ApiError({
    type: '/problems/unexpected-answer',
    title: `The hub answered ${response.status}`,
    status: response.status,
    detail: text.slice(0, 200),
    remedy: 'Check that the address is that of a hub and that nothing in between answers in its place.',
  })
}
