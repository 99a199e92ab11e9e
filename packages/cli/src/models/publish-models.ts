import { ApiError, type SutlerClient } from '@sutler/client'
import type { Model } from '@sutler/engine'
import { printable, type Terminal } from '../terminal.ts'
import { checkSources, type CheckedSource } from './check-source.ts'
import { describedFinding } from './finding-text.ts'
import { authored, hubsCheck, placed } from './hubs-check.ts'
import { calledFirst } from './model-order.ts'
import { ModelSourceError } from './model-source-error.ts'
import type { ModelSource } from './model-source.ts'

interface Published {
  readonly file: string
  readonly name: string
  readonly version: string
  readonly digest: string
  /** False when it was published before. */
  readonly created: boolean
}

/**
 * Publishes models, those that are called first. A version that is published with the same content already stays as it is.
 * @throws ModelSourceError with what is wrong and where; models published before it stay published
 */
export async function publishModels(
  api: SutlerClient,
  sources: readonly ModelSource[],
  terminal: Terminal,
): Promise<void> {
  const published: Published[] = []
  for (const { source } of calledFirst(sound(sources))) {
    const { warnings, ...made } = await publishOne(api, source)
    for (const warning of placed(source, warnings))
      terminal.remark(`${describedFinding(source, warning, process.stderr)}\n`)
    published.push({ file: source.file, ...made })
  }
  terminal.result(published, () =>
    published
      .map(({ file, name, version, created }) =>
        printable(`${name} ${version} is published${created ? '' : ' already'} (${file})`),
      )
      .join('\n'),
  )
}

/** Those that this side finds nothing against. @throws ModelSourceError, before anything is published */
function sound(sources: readonly ModelSource[]): { source: ModelSource; model: Model }[] {
  const checked = checkSources(sources).map(errorsOf)
  const wrong = checked.filter(({ diagnostics }) => diagnostics.length > 0)
  if (wrong.length > 0) throw new ModelSourceError(wrong, 1)
  return checked.flatMap(({ source, model }) => (model === null ? [] : [{ source, model }]))
}

function errorsOf({ diagnostics, ...checked }: CheckedSource): CheckedSource {
  return { ...checked, diagnostics: diagnostics.filter(({ severity }) => severity === 'error') }
}

/** @throws ModelSourceError with the hub's findings at their places */
async function publishOne(api: SutlerClient, source: ModelSource) {
  try {
    const { data, response } = await api.POST('/api/v1/models', { body: authored(source) })
    return { ...data!, created: response.status === 201 }
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'model-unsound') throw error
    const found = errorsOf(await hubsCheck(api, source))
    throw found.diagnostics.length === 0 ? error : new ModelSourceError([found], 1)
  }
}
