/** How a patch is compressed, and what that takes. */
export interface PatchParameters {
  /** Bytes, as a power of two, over which the old file stays reachable: at least those of both files. */
  readonly windowLog: number
  /** Entries, as a power of two, of each of the two tables in which matches are looked for. */
  readonly tableLog: number
  /** Bytes that the process needs at most. */
  readonly memory: number
}

const MiB = 1024 ** 2
/** The runtime without anything to do. */
const base = 64 * MiB
const least = { tableLog: 17, windowLog: 17 }
/** What decoders take without being asked (RFC 9842, 3.2), and zstd's own limit without `--long`. */
const mostWindowLog = 27
const mostTableLog = 26

/** The largest file that is patched, old or new, bytes. */
export const largestPatched = 2 ** mostWindowLog

/**
 * Parameters for two files. Tables of as many entries as the files have bytes find all matches; with half as many most, with a
 * quarter about half of them. @returns null when the files do not fit into `memory` even so, or the new one is much larger than the old
 */
export function patchParameters(from: number, to: number, memory: number): PatchParameters | null {
  const larger = Math.max(from, to)
  // Devices need not reckon with a larger window, which is as large as the new file (RFC 9842, 5).
  if (larger > largestPatched || to > Math.max(8 * MiB, 1.25 * from)) return null
  const windowLog = Math.max(Math.ceil(Math.log2(Math.max(larger, 1))), least.windowLog)
  // Both files, the compressor's copy of the old one, its window, and what comes out, which is half of the new one at most.
  const files = 2 * from + 1.5 * to + 2 ** windowLog
  const wanted = Math.min(windowLog, mostTableLog)
  for (let tableLog = wanted; tableLog >= Math.max(wanted - 2, least.tableLog); tableLog--) {
    // Measured (zstd 1.5.7): 4 bytes an entry of either table, and a third of that for the dictionary's own.
    const needed = Math.ceil(base + files + 11 * 2 ** tableLog)
    if (needed <= memory) return { windowLog, tableLog, memory: needed }
  }
  return null
}
