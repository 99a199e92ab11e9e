import { z } from 'zod'

/**
 * What a backup is: a tar archive, encrypted with age (age-encryption.org/v1). In it, in this order:
 *
 *     manifest.json                                what made it, when, and of which database
 *     keys/sealing.key, keys/signer/keys.json      the keys without which the rest opens nothing
 *     database/<schema>.<table>/<number>.copy.zst  rows in PostgreSQL's text format, in pieces that each are zstd
 *     blobs/<2 digits>/<62 digits>                 files by their SHA-256
 *     end.json                                     how much of everything there must be
 *
 * So that whoever has the key can read it without this program: `age -d | tar x`.
 */

export const format = 1

export const names = {
  manifest: 'manifest.json',
  sealingKey: 'keys/sealing.key',
  signerKeys: 'keys/signer/keys.json',
  end: 'end.json',
}

export const rowsName = /^database\/((?:public|registration)\.[a-z0-9_]{1,63})\/\d{6}\.copy\.zst$/
export const blobName = /^blobs\/([0-9a-f]{2})\/([0-9a-f]{62})$/

/** Rows that are put together before they are compressed, bytes; and what a piece may have at most when it is read. */
export const pieceBytes = 4 * 1024 * 1024
export const mostPieceBytes = 1024 * 1024 * 1024
/** Of JSON documents and key files. */
export const mostDocumentBytes = 16 * 1024 * 1024

const tableName = z.string().regex(/^(public|registration)\.[a-z0-9_]{1,63}$/)

export const manifest = z.object({
  format: z.literal(format),
  madeAt: z.iso.datetime(),
  /** Of the hub whose program made it. */
  version: z.string(),
  /** In the order in which they were applied. */
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: tableName, columns: z.array(z.string()) })),
})
export type Manifest = z.output<typeof manifest>

const count = z.number().int().min(0)

export const end = z.object({
  tables: z.array(z.object({ name: tableName, rows: count, bytes: count, sha256: z.string() })),
  /** The last number of each. */
  sequences: z.array(z.object({ name: z.string(), last: z.string().regex(/^\d{1,19}$/) })),
  blobs: z.object({ count, bytes: count }),
  /** Files that the database knew of and the disk did not have. */
  lacking: z.array(z.string()),
})
export type End = z.output<typeof end>
