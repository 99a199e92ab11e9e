/** If-None-Match (RFC 9110, 13.1.2): whether the client has none of what it names. The comparison is the weak one. */
export function noneMatch(header: string | undefined, etag: string): boolean {
  return header === undefined || !names(header, etag)
}

/** If-Match (RFC 9110, 13.1.1): whether what the client names is still what there is. Content under a digest needs no stronger comparison. */
export function someMatch(header: string | undefined, etag: string): boolean {
  return header === undefined || names(header, etag)
}

function names(header: string, etag: string): boolean {
  return header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}
