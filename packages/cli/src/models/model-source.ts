import { CommandError } from '../command-error.ts'
import { readText } from '../read-text.ts'

/** A model as a file has it. */
export interface ModelSource {
  /** As it is named in findings; `<stdin>` for standard input. */
  readonly file: string
  /** What it is written in: the pattern language or the canonical JSON document. */
  readonly format: 'pattern' | 'json'
  readonly text: string
}

/** Reads a file, or standard input for `-`. @throws CommandError `file-unreadable`, `file-too-large`, `not-a-model` */
export async function readModelSource(path: string): Promise<ModelSource> {
  const text = await readText(path)
  return { file: path === '-' ? '<stdin>' : path, format: formatOf(path, text), text }
}

/** Reads one after the other: standard input can be read once. @throws as `readModelSource` */
export async function readModelSources(paths: readonly string[]): Promise<ModelSource[]> {
  const sources: ModelSource[] = []
  for (const path of paths) sources.push(await readModelSource(path))
  return sources
}

/** By the name's ending; for other names by how the text begins. */
function formatOf(path: string, text: string): ModelSource['format'] {
  if (path.endsWith('.pattern')) return 'pattern'
  if (path.endsWith('.json')) return 'json'
  const first = text.trimStart().at(0)
  if (first !== '<') return first === '{' ? 'json' : 'pattern'
  throw new CommandError(
    'not-a-model',
    `${path} is XML, neither pattern text nor a JSON document`,
    'SCXML is imported first: sutler model import FILE.scxml > FILE.pattern',
  )
}
