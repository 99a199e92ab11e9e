import { createReadStream } from 'node:fs'
import { CommandError } from './command-error.ts'

/** Bytes that are read unless something smaller is meant, at most; a model has a sixteenth of it. */
const usual = 16 * 1_048_576

/** UTF-8 text from a file, or from standard input for `-`. @throws CommandError `file-unreadable`, `file-too-large` */
export async function readText(path: string, most = usual): Promise<string> {
  const bytes = await readBytes(path, most)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw unreadable(path, 'it is no UTF-8 text', 'Save it as UTF-8.', error)
  }
}

/** What is in a file, or comes from standard input for `-`; of more than `most` no more is read. @throws as `readText` */
export async function readBytes(path: string, most = usual): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    // Not /dev/stdin: it cannot be opened where standard input is a socket.
    for await (const chunk of path === '-' ? process.stdin : createReadStream(path)) {
      chunks.push(chunk as Buffer)
      size += (chunk as Buffer).length
      if (size > most) break
    }
  } catch (error) {
    const [reason, remedy] = reasonOf(error as NodeJS.ErrnoException)
    throw unreadable(path, reason, remedy, error)
  }
  if (size <= most) return Buffer.concat(chunks)
  const remedy = 'None of its kind is so large: name the file that is meant.'
  throw new CommandError('file-too-large', `${path} has more than ${most} bytes`, remedy)
}

function unreadable(path: string, reason: string, remedy: string, cause: unknown): CommandError {
  return new CommandError('file-unreadable', `${path} cannot be read: ${reason}`, remedy, cause)
}

function reasonOf({ code, message }: NodeJS.ErrnoException): [reason: string, remedy: string] {
  if (code === 'ENOENT') return ['there is no such file', 'Check the name; - stands for standard input.']
  if (code === 'EISDIR') return ['it is a directory', 'Name a file in it.']
  return [message, 'Check its owner and mode.']
}
