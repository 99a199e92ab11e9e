/** What can be wrong with a service's source directory. */
export type SourceErrorCode =
  | 'source-missing'
  | 'source-invalid'
  | 'package-missing'
  | 'link-refused'
  | 'not-a-file'
  | 'path-refused'
  | 'path-taken'
  | 'source-empty'
  | 'source-changed'
  | 'source-unreadable'

/** A service's source cannot be published as it is; `file` is the absolute path concerned, `remedy` what to do about it. */
export class SourceError extends Error {
  readonly code: SourceErrorCode
  readonly file: string
  readonly remedy: string

  constructor(code: SourceErrorCode, file: string, detail: string, remedy: string, cause?: unknown) {
    super(`${file}: ${detail}. ${remedy}`, cause === undefined ? undefined : { cause })
    this.name = 'SourceError'
    this.code = code
    this.file = file
    this.remedy = remedy
  }
}
