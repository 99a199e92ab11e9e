import { randomBytes } from 'node:crypto'
import { PlantedSecrets } from '../secret-scan.ts'

export interface Told {
  readonly what: string
  readonly text: string
  /** What this answer is there to hand out. */
  readonly gives: readonly string[]
}

export interface Asking {
  /** What the caller wrote where a name belongs: the answer may say which one is unknown. */
  readonly echoed?: readonly string[]
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** What of the answer is a secret that it hands out. */
  // oxlint-disable-next-line typescript/no-explicit-any -- answers of every shape
  readonly gives?: (json: any, response: Response) => readonly string[]
}

/** The secrets that were planted, and all that a hub answers to whoever asks. */
export interface Traces {
  readonly planted: PlantedSecrets
  readonly told: Told[]
  readonly ask: (method: string, path: string, asking?: Asking) => Promise<Asked>
  /** A new secret of this kind, planted. */
  readonly made: (what: string) => string
  /** Whether something was answered so: `POST /api/v1/sessions 201`. */
  readonly answered: (what: string) => boolean
}

export interface Asked {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- answers of every shape
  readonly json: any
  readonly response: Response
  readonly given: readonly string[]
}

/** @param url of the hub, asked at each request: it comes up later */
export function tracesOf(url: () => string): Traces {
  const planted = new PlantedSecrets()
  const told: Told[] = []
  async function ask(method: string, path: string, { token, headers, body, gives, echoed = [] }: Asking = {}) {
    const response = await fetch(`${url()}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '')
    // oxlint-disable-next-line typescript/no-explicit-any -- answers of every shape
    const json = isJson ? (JSON.parse(text) as any) : null
    const given = gives?.(json, response) ?? []
    for (const secret of given) planted.plant(`given-by-${method}-${path}`, secret)
    const shown = JSON.stringify([...response.headers])
    told.push({ what: `${method} ${path} ${response.status}`, text: `${shown}\n${text}`, gives: [...given, ...echoed] })
    return { status: response.status, json, response, given }
  }
  return {
    planted,
    told,
    ask,
    made: (what) => planted.plant(what, `planted-${what}-${randomBytes(9).toString('base64url')}`),
    answered: (what) => told.some((each) => each.what === what),
  }
}

/** What its cookies hold. */
export const cookieOf = (response: Response): string[] =>
  response.headers
    .getSetCookie()
    .map((line) => decodeURIComponent(/=([^;]*)/.exec(line)![1]!))
    .filter((value) => value !== '')
