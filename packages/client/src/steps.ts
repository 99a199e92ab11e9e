import type { ClientOptions } from './client.ts'
import type { paths } from './api.gen.ts'
import { followStream, type StreamOptions } from './stream.ts'

type Listed = paths['/api/v1/history']['get']['responses'][200]['content']['application/json']

/** One step of an instance, as history has it. */
export type Step = Listed['items'][number]

/** A step that happened. `position` resumes after it. */
export interface StreamedStep {
  readonly position: string
  readonly step: Step
}

/**
 * Follows the steps of one instance, or of all instances of a model, for ever; a lost connection is taken up again after the last
 * step seen, without gap or double.
 * @throws ApiError when the hub refuses the stream, or cannot be reached at the first try
 */
export async function* followSteps(
  client: ClientOptions,
  of: { readonly model: string; readonly id?: string },
  options: StreamOptions = {},
): AsyncGenerator<StreamedStep, void, void> {
  const model = encodeURIComponent(of.model)
  const path = of.id === undefined ? `models/${model}` : `instances/${model}/${encodeURIComponent(of.id)}`
  const url = new URL(`/api/v1/${path}/live`, client.hub)
  for await (const { id, data } of followStream(client, url, options))
    if (data !== null) yield { position: id, step: JSON.parse(data) as Step }
}

/** The entry of history that a place in the stream of one instance stands for. */
export function entryAt(place: string): number {
  return Number(place.slice(place.lastIndexOf('-') + 1))
}
