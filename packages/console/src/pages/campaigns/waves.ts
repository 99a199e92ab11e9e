export type WaveWish = { readonly count: number } | { readonly percent: number }

/** Waves as people write them: “100, 10%, 90%”. @returns the part that is no size, where there is one */
export function wavesOf(text: string): { readonly waves: WaveWish[]; readonly wrong: string | null } {
  const waves: WaveWish[] = []
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part === '') continue
    const [, figures, sign] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(part) ?? []
    const size = Number(figures)
    const isSize = figures !== undefined && size > 0 && (sign === '%' ? size <= 100 : Number.isInteger(size))
    if (!isSize) return { waves, wrong: part }
    waves.push(sign === '%' ? { percent: size } : { count: size })
  }
  return { waves, wrong: null }
}
