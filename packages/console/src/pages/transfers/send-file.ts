import { problemOf } from '@sutler/client'
import { linesOf } from '../../parts/linesOf.ts'

export interface Imported {
  readonly created: number
  readonly unchanged: number
  readonly failed: number
  /** What became of each line, as the hub told it: JSON. */
  readonly lines: readonly string[]
  /** Why it ended early, where it did. */
  readonly problem: string | null
}

interface Told {
  readonly state?: string
  readonly status?: 'created' | 'unchanged' | 'failed'
  readonly code?: string
  readonly detail?: string
}

/**
 * Sends a file to be imported. Browsers send it whole before they read the answer.
 * @param tell how many lines were answered so far @throws ApiError when the hub refuses it
 */
export async function sendFile(
  kind: 'devices' | 'subscriptions',
  file: File,
  tell: (lines: number) => void,
): Promise<Imported> {
  const type = file.name.endsWith('.csv') ? 'text/csv' : 'application/x-ndjson'
  const response = await fetch(`/api/v1/imports/${kind}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: file,
  })
  if (!response.ok) throw await problemOf(response)
  const counts = { created: 0, unchanged: 0, failed: 0 }
  const lines: string[] = []
  let problem: string | null = null
  for await (const line of linesOf(response.body!)) {
    const { state, status, detail } = JSON.parse(line) as Told
    if (state !== undefined && state !== 'done') problem = detail ?? state
    if (status === undefined) continue
    counts[status] += 1
    lines.push(line)
    if (lines.length % 100 === 0) tell(lines.length)
  }
  return { ...counts, lines, problem }
}
