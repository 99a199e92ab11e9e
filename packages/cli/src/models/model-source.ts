import { createReadStream } from 'node:fs'
import { CommandError } from '../command-error.ts'

/** A model as a file has it. */
export interface ModelSource {
  /** As it is named in findings; `<stdin>` for standard input. */
  readonly file: string
  /** What it is written in: the pattern language or the canonical JSON document. */
  readonly format: 'pattern' | 'json'
  readonly text: string
}

/** Reads a file, or standard input for `-`. @throws CommandError `file-unreadable`, `not-a-model` */
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

/** Bytes of a text that are read, at most; a model has a sixteenth of it. */
const most = 16 * 1_048_576

/** Reads UTF-8 text from a file, or from standard input for `-`. @throws CommandError `file-unreadable`, `file-too-large` */
export async function readText(path: string): Promise<string> {
  try {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of path === '-' ? process.stdin : createReadStream(path)) {
      chunks.push(chunk as Buffer)
      size += (chunk as Buffer).length
      if (size > most) throw tooLarge(path)
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (error) {
    if (error instanceof CommandError) throw error
    const [reason, remedy] = reasonOf(error)
    throw new CommandError('file-unreadable', `${path} cannot be read: ${reason}`, remedy, error)
  }
}

function tooLarge(path: string): CommandError {
  return new CommandError('file-too-large', `${path} has more than 16 MiB`, 'No model or script is so large.')
}

function reasonOf(error: unknown): [reason: string, remedy: string] {
  if (error instanceof TypeError) return ['it is no UTF-8 text', 'Save it as UTF-8.']
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return ['there is no such file', 'Check the name; - stands for standard input.']
  if (code === 'EISDIR') return ['it is a directory', 'Name a file in it.']
  return [message, 'Check its owner and mode.']
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
