/**
 * Light and dark. Colours are variables of the picture itself, so that a picture set into a page takes nothing from it and gives it
 * nothing; the attributes on the elements are what is seen where style sheets are not allowed.
 */
const style = `
.sutler-diagram{--paper:#fff;--ink:#1c2733;--quiet:#5b6877;--line:#7a8794;--box:#f4f7fa;--rim:#4a5a6a;--card:#fff;--hair:#d5dce3;--here:#0b62c4;--here-box:#dcebfc;--time:#a15c00;color-scheme:light dark}
@media (prefers-color-scheme:dark){.sutler-diagram{--paper:#12171d;--ink:#e6ebf0;--quiet:#a3afbb;--line:#7d8b99;--box:#1e262f;--rim:#93a3b3;--card:#171d24;--hair:#34404c;--here:#66b2ff;--here-box:#12385f;--time:#f0b050}}
.sutler-diagram .paper{fill:var(--paper)}.sutler-diagram text{fill:var(--ink)}.sutler-diagram .quiet{fill:var(--quiet)}
.sutler-diagram .edge{stroke:var(--line)}.sutler-diagram .head{fill:var(--line)}.sutler-diagram .box{fill:var(--box);stroke:var(--rim)}
.sutler-diagram .rim{stroke:var(--rim)}.sutler-diagram .solid{fill:var(--rim)}.sutler-diagram .card{fill:var(--card);stroke:var(--hair)}
.sutler-diagram .hair{stroke:var(--hair)}.sutler-diagram .here .box{fill:var(--here-box);stroke:var(--here)}.sutler-diagram .here .rim{stroke:var(--here)}
.sutler-diagram .here .solid{fill:var(--here)}.sutler-diagram .icon{stroke:var(--quiet)}.sutler-diagram .icon.timer{stroke:var(--time)}
`.trim()

export type Theme = 'light' | 'dark'

/** The style sheet; without a theme, the reader's own preference decides. */
export function styleFor(theme: Theme | undefined): string {
  const inDark = /^@media \(prefers-color-scheme:dark\)\{(.*)\}$/m
  if (theme === undefined) return style
  return style.replace(inDark, theme === 'dark' ? '$1' : '').replace('color-scheme:light dark', `color-scheme:${theme}`)
}

/** Light colours, for the attributes. */
export const light = {
  paper: '#fff',
  ink: '#1c2733',
  quiet: '#5b6877',
  line: '#7a8794',
  box: '#f4f7fa',
  rim: '#4a5a6a',
  card: '#fff',
  hair: '#d5dce3',
  here: '#0b62c4',
  hereBox: '#dcebfc',
  time: '#a15c00',
} as const

export const fontFamily = "Helvetica, Arial, 'Liberation Sans', sans-serif"
