/** What is wrong, and where: a JSON pointer (RFC 6901) into the composition. */
export interface Finding {
  readonly pointer: string
  readonly detail: string
}

/** A mistake at a JSON pointer. */
export function place(pointer: string, detail: string): Finding {
  return { pointer, detail }
}

/** Adds a finding when a list is longer than `bound`. */
export function tooMany(found: Finding[], pointer: string, list: readonly unknown[], bound: number): void {
  if (list.length > bound) found.push(place(pointer, `has ${list.length} entries; at most ${bound} are possible`))
}

/** Adds findings for a text of more than `bound` UTF-16 code units, or one that neither UTF-8 nor the database can hold. */
export function textFindings(found: Finding[], pointer: string, text: string, bound: number): void {
  if (text.length > bound) found.push(place(pointer, `has ${text.length} characters; at most ${bound} are possible`))
  if (text.includes('\0') || !text.isWellFormed())
    found.push(place(pointer, 'has a NUL character or half of a surrogate pair'))
}
