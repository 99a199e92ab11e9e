/** What a device reads of hawkBit's documents, as its own code does: only what it needs, and nothing is taken for granted. */

export interface DdiFile {
  readonly name: string
  readonly size: number
  readonly sha1: string
  readonly url: string
}

export interface Deployment {
  readonly action: string
  readonly update: 'skip' | 'attempt' | 'forced'
  readonly name: string
  readonly version: string
  readonly files: readonly DdiFile[]
}

interface Link {
  readonly href: string
}

interface BaseDocument {
  readonly config: { readonly polling: { readonly sleep: string } }
  readonly _links?: Readonly<Record<string, Link>>
}

interface DeploymentDocument {
  readonly id: string | number
  readonly deployment?: DeploymentPart
  readonly confirmation?: DeploymentPart
}

interface DeploymentPart {
  readonly update: Deployment['update']
  readonly chunks: readonly {
    readonly name: string
    readonly version: string
    readonly artifacts: readonly {
      readonly filename: string
      readonly size: number
      readonly hashes: { readonly sha1: string }
      readonly _links: Readonly<Record<string, Link>>
    }[]
  }[]
}

/** Seconds to sleep, and addresses by name. */
export function readBase(body: Buffer): { sleep: number; links: Readonly<Record<string, string | undefined>> } {
  const { config, _links = {} } = JSON.parse(body.toString('utf8')) as BaseDocument
  const [hours, minutes, seconds] = config.polling.sleep.split(':').map(Number) as [number, number, number]
  const links = Object.fromEntries(Object.entries(_links).map(([name, { href }]) => [name, href]))
  return { sleep: hours * 3600 + minutes * 60 + seconds, links }
}

export function readDeployment(body: Buffer): Deployment {
  const document = JSON.parse(body.toString('utf8')) as DeploymentDocument
  const part = document.deployment ?? document.confirmation
  const chunk = part?.chunks[0]
  if (!part || !chunk) throw new Error('the deployment has no chunk')
  const files = chunk.artifacts.map(({ filename, size, hashes, _links }) => ({
    name: filename,
    size,
    sha1: hashes.sha1,
    url: (_links['download-http'] ?? _links['download'])!.href,
  }))
  return { action: String(document.id), update: part.update, name: chunk.name, version: chunk.version, files }
}

export interface FeedbackWord {
  readonly execution: string
  readonly finished: 'success' | 'failure' | 'none'
  readonly details?: readonly string[]
  readonly progress?: { readonly cnt: number; readonly of: number }
}

/** In hawkBit's older form, which names the action and the time. */
export function feedbackOf(
  action: string,
  { execution, finished, details = [], progress }: FeedbackWord,
  at: Date,
): string {
  const time = at.toISOString().replace(/[-:]/g, '').slice(0, 15)
  const result = { finished, ...(progress && { progress }) }
  return JSON.stringify({ id: action, time, status: { execution, result, details } })
}
