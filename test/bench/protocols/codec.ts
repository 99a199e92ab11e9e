import { figure, median, type BenchOptions, type Figure } from '../measure.ts'

/**
 * How often per second something is read (or written), beside the fastest reader of the same bytes that there is. Rounds alternate.
 * @param other in words
 */
export function rounds(own: () => unknown, peer: () => unknown, other: string, { quick }: BenchOptions): Figure {
  const [count, milliseconds] = quick ? [5, 60] : [15, 150]
  const rates = { own: [] as number[], peer: [] as number[] }
  for (let round = 0; round <= count; round++) {
    const [mine, theirs] = [rate(own, milliseconds), rate(peer, milliseconds)]
    if (round === 0) continue
    rates.own.push(mine)
    rates.peer.push(theirs)
  }
  const ratio = median(rates.own.map((value, round) => value / rates.peer[round]!))
  return figure(rates.own, '1/s', { against: `${other} ${median(rates.peer).toFixed(0)} 1/s`, ratio })
}

let sink: unknown

function rate(work: () => unknown, milliseconds: number): number {
  const began = performance.now()
  const end = began + milliseconds
  let done = 0
  while (performance.now() < end) for (let turn = 0; turn < 100; turn++, done++) sink = work()
  void sink
  return (done * 1000) / (performance.now() - began)
}
