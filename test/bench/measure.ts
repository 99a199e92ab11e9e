/** Figures as the benches give them: medians with spread, each with the limit or peer measured in the same run. */

export interface Figure {
  /** Median over the runs. */
  readonly value: number
  readonly unit: string
  readonly min: number
  readonly max: number
  readonly runs: number
  /** What it is compared with, in words and as measured in this run. */
  readonly against?: string
  /** This figure relative to `against`; for "lower is better" figures, too, this is own / other. */
  readonly ratio?: number
  /** The goal in words, for the table. */
  readonly goal?: string
}

export type Figures = Record<string, Figure>

export interface BenchOptions {
  readonly quick: boolean
  /** The only part of the area that is wanted; null = all of it. */
  readonly part: string | null
  /** Progress for people; goes to standard error. */
  readonly say: (line: string) => void
  /** Whatever the bench starts or writes: ended and removed after it, in reverse order, also when it fails. */
  readonly resources: AsyncDisposableStack
}

export type Bench = (options: BenchOptions) => Promise<Figures>

/** A figure from its runs. @throws RangeError without any run */
export function figure(
  runs: readonly number[],
  unit: string,
  more: Pick<Figure, 'against' | 'ratio' | 'goal'> = {},
): Figure {
  if (runs.length === 0) throw new RangeError('a figure needs at least one run')
  const sorted = runs.toSorted((a, b) => a - b)
  return { value: median(sorted), unit, min: sorted[0]!, max: sorted.at(-1)!, runs: runs.length, ...more }
}

/** Median of numbers in any order. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The q-th quantile (0..1), nearest rank. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))]!
}

/** The figures as a table for the terminal. */
export function table(figures: Figures): string {
  const rows = Object.entries(figures).map(([name, f]) => [
    name,
    `${round(f.value)} ${f.unit}`,
    `${round(f.min)}–${round(f.max)}`,
    String(f.runs),
    f.ratio === undefined ? '' : f.ratio.toFixed(2),
    f.against ?? '',
    f.goal ?? '',
  ])
  const head = ['figure', 'median', 'min–max', 'runs', 'ratio', 'against', 'goal']
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)))
  return [head, widths.map((width) => '-'.repeat(width)), ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function round(value: number): string {
  if (Math.abs(value) >= 100) return value.toFixed(0)
  return value.toPrecision(3)
}
