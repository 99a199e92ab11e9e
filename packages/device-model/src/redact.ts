/**
 * What devices write may name people and open doors: our own agent takes this out before it writes a line down, and the hub before a
 * developer reads what other devices sent. The rules are all here, and are cautious: rather a harmless word too many than one secret
 * too few.
 */

interface Rule {
  /** Stands in the text's place: `[e-mail]`. */
  readonly name: string
  readonly pattern: RegExp
  /** Kept of a match; absent = nothing. */
  readonly keep?: string
}

const secretNames =
  'pass(?:word|wd|phrase)?|secret|token|api[-_]?key|apikey|access[-_]?key|private[-_]?key|authorization|auth|cookie|set-cookie|session(?:[-_]?id)?|sid|signature|sig|psk|pin|credential|claim|code'

/** In this order: what is part of something larger comes after it. No pattern can be made to look back over much of the text. */
const rules: readonly Rule[] = [
  { name: 'key', pattern: /-----BEGIN [^-]{1,40}-----[^-]*(?:-(?!----)[^-]*)*(?:-----END [^-]{1,40}-----)?/g },
  // Bytes written as numbers, as mender-client 3.4 does with its token.
  { name: 'bytes', pattern: /\[\d{1,3}(?: \d{1,3}){31,}\]?/g },
  // Links of the hub's are good for whoever has their query.
  { name: 'secret', pattern: /(?<![\w:/])(https?:\/\/[^\s?"'\\]{1,500}\?)([^\s"'\\]+)/gi, keep: '$1' },
  { name: 'token', pattern: /\beyJ[\w-]{3,}\.[\w-]{3,}(?:\.[\w-]*)?/g },
  { name: 'secret', pattern: /\b(bearer|basic|digest)\s+[^\s"',;]{4,}/gi, keep: '$1 ' },
  { name: 'secret', pattern: /\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@:]{1,200}(?::[^\s/@]{0,200})?@/gi, keep: '$1' },
  {
    name: 'secret',
    pattern: new RegExp(
      `((?:^|[^a-z0-9])(?:[a-z0-9]{1,30}[-_])?(?:${secretNames})["']?\\s{0,3}[=:]\\s{0,3})("[^"\\n]{0,2000}"|'[^'\\n]{0,2000}'|[^\\s"',;&}]{1,2000})`,
      'gi',
    ),
    keep: '$1',
  },
  { name: 'secret', pattern: /\b(?:clm|sk|pk|key|tok|ghp|gho|xox[abp])[_-][A-Za-z0-9_-]{12,}/g },
  {
    name: 'e-mail',
    pattern: /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu,
  },
  { name: 'mac', pattern: /(?<![0-9a-f:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![0-9a-f:-])/gi },
  {
    name: 'ip',
    pattern: /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d]|\.\d)/g,
  },
  {
    name: 'ip',
    pattern:
      /(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])|(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])|(?<![\w:])::1(?![\w:])/gi,
  },
  { name: 'phone', pattern: /(?<![\w+])\+\d[\d ()/-]{7,18}\d(?!\w)/g },
  // A card's number, IMEI, IMSI, ICCID.
  { name: 'number', pattern: /(?<![\w.])\d(?:[ -]?\d){12,19}(?![\w.])/g },
  {
    name: 'secret',
    pattern: /(?<![\w+/=-])(?=[\w+/-]{0,200}\d)(?=[\w+/-]{0,200}[A-Z])(?=[\w+/-]{0,200}[a-z])[\w+/-]{32,}={0,2}/g,
  },
]

export interface Redacted {
  readonly text: string
  /** How many places were taken out. */
  readonly redacted: number
}

/** The text without what is nobody else's business. */
export function redact(text: string): Redacted {
  let redacted = 0
  let clean = text
  for (const { name, pattern, keep = '' } of rules) {
    clean = clean.replace(pattern, (match: string, ...more: unknown[]) => {
      // What was captured stands before the match's position.
      const groups = more.slice(
        0,
        more.findIndex((each) => typeof each === 'number'),
      )
      const [first, value] = groups as (string | undefined)[]
      if (isRedacted(value ?? match)) return match
      redacted++
      return `${keep.replace('$1', () => first ?? '')}[${name}]`
    })
  }
  return { text: clean, redacted }
}

/** A rule's own mark is no secret: `token=[secret]` is not to become another one. */
function isRedacted(value: string): boolean {
  return value.length < 32 && /(?:^|\s)["']?\[[a-z-]+\]?["']?$/.test(value)
}
