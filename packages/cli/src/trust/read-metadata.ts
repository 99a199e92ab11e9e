import { readBytes } from '../read-text.ts'

/** More than the hub takes. */
const mostBytes = 5_000_000

/** A file of signed metadata, exactly as it was signed. @throws CommandError `file-unreadable`, `file-too-large` */
export function readMetadataFile(file: string): Promise<Uint8Array> {
  return readBytes(file, mostBytes)
}
