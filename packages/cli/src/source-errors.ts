/** What can be wrong with a service's source directory, by its stable code; docs/reference/cli.md lists them. */
export const sourceErrors = {
  'source-missing': 'the directory has no `service.json`',
  'source-invalid': 'the `service.json` is wrong',
  'package-missing': 'a package that files are taken from is not installed',
  'link-refused': 'a file is a link',
  'not-a-file': 'a file is a device, socket or pipe',
  'path-refused': 'a path cannot be published',
  'path-taken': 'two files would have the same path',
  'source-empty': 'a component has no files',
  'source-changed': 'a file changed while it was read',
  'source-unreadable': 'a file cannot be read',
} as const

export type SourceErrorCode = keyof typeof sourceErrors

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
