import { readFile } from 'node:fs/promises'
import { CommandError } from '../command-error.ts'

/** Larger than what the hub takes. */
const mostBytes = 5_000_000

export async function readMetadataFile(file: string): Promise<Uint8Array> {
  try {
    const bytes = await readFile(file)
    if (bytes.length <= mostBytes) return bytes
  } catch (error) {
    throw new CommandError('file-unreadable', `${file} cannot be read`, 'Check its path, owner and mode.', error)
  }
  throw new CommandError('file-too-large', `${file} is larger than any metadata`, 'Name a file of signed metadata.')
}
