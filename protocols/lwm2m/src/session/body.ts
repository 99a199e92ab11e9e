/** Content to be sent: held, or read piece by piece from where it lies. */
export interface Body {
  /** Bytes. */
  readonly size: number
  /** Exactly the bytes from `start` up to before `end`. */
  read(start: number, end: number): Uint8Array | Promise<Uint8Array>
}

export function heldBody(bytes: Uint8Array): Body {
  return { size: bytes.length, read: (start, end) => bytes.subarray(start, end) }
}

/** Reads ahead in larger pieces, so that a body in small blocks does not ask its source for each of them. */
export function readAhead(source: Body, pieceBytes = 65_536): Body {
  let piece: Uint8Array = new Uint8Array(0)
  let pieceStart = 0
  return {
    size: source.size,
    async read(start, end) {
      if (start < pieceStart || end > pieceStart + piece.length) {
        pieceStart = start
        piece = await source.read(start, Math.min(source.size, Math.max(end, start + pieceBytes)))
      }
      return piece.subarray(start - pieceStart, end - pieceStart)
    },
  }
}
