import 'uplot/dist/uPlot.min.css'
import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import UPlot, { type AlignedData, type Options, type Series } from 'uplot'

export interface Line {
  readonly label: string
  /** Of the theme, `teal` say. */
  readonly colour: string
  readonly bars?: boolean
  readonly dashed?: boolean
}

interface ChartProps {
  /** What there is to see, in a sentence, for those who do not. */
  readonly summary: string
  readonly lines: readonly Line[]
  /** Unix seconds, then the values of each line. */
  readonly data: AlignedData
  readonly height?: number
}

/** Values over time. What it shows is also told in a table beside it (ChartSection.tsx). */
export function Chart({ summary, lines, data, height = 220 }: ChartProps) {
  const { ref, width } = useElementSize()
  const host = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme('light')
  const drawn = useRef<UPlot | null>(null)
  const isKnown = width > 0
  useEffect(() => {
    if (!isKnown || host.current === null) return
    const chart = new UPlot(
      { ...optionsOf(lines, scheme === 'dark'), width: host.current.clientWidth, height },
      data,
      host.current,
    )
    drawn.current = chart
    return () => {
      drawn.current = null
      chart.destroy()
    }
    // Lines do not change while a chart is there; data and width are set below.
  }, [isKnown, scheme, height])
  useEffect(() => drawn.current?.setData(data), [data])
  useEffect(() => drawn.current?.setSize({ width, height }), [width, height])
  return (
    <div ref={ref}>
      <div ref={host} role="img" aria-label={summary} style={{ height }} />
    </div>
  )
}

function optionsOf(lines: readonly Line[], isDark: boolean): Omit<Options, 'width' | 'height'> {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string): string => style.getPropertyValue(`--mantine-color-${name}-${isDark ? 4 : 6}`)
  const ink = style.getPropertyValue('--mantine-color-dimmed')
  const grid = { stroke: style.getPropertyValue('--sutler-line'), width: 1 }
  const axis = { stroke: ink, grid, ticks: { show: false }, font: '12px system-ui, sans-serif' }
  return {
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    padding: [8, 8, 0, 0],
    scales: { y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] } },
    axes: [
      axis,
      { ...axis, size: 52, values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? compact(tick) : '')) },
    ],
    series: [
      {},
      ...lines.map(({ label, colour: name, bars, dashed }): Series => ({
        label,
        stroke: colour(name),
        width: bars ? 0 : 2,
        points: { show: false },
        ...(dashed && { dash: [4, 4] }),
        ...(bars ? { fill: colour(name), paths: UPlot.paths.bars!({ size: [0.7, 40] }) } : {}),
      })),
    ],
  }
}

const short = new Intl.NumberFormat('en', { notation: 'compact' })

function compact(count: number): string {
  return short.format(count)
}
