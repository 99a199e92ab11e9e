import type { Fleet } from '../fleet/fleet.ts'
import type { FleetResult } from '../fleet/fleet-result.ts'
import type { Percentiles } from '../fleet/statistics.ts'

const mebibyte = 1_048_576

/** Shows each second where the fleet stands: one line that is rewritten on a terminal, else a line when it has changed. */
export function reportProgress(fleet: Fleet, json: boolean): () => void {
  const rewrite = process.stdout.isTTY && !json
  let last = ''
  const show = (): void => {
    const line = json ? progressJson(fleet) : progressText(fleet)
    if (line === last && !json) return
    last = line
    process.stdout.write(rewrite ? `\r${line}\u001b[K` : `${line}\n`)
  }
  const interval = setInterval(show, 1000)
  let ended = false
  return () => {
    if (ended) return
    ended = true
    clearInterval(interval)
    if (rewrite && last !== '') process.stdout.write('\r\u001b[K')
  }
}

function progressText(fleet: Fleet): string {
  const { statistics, options } = fleet
  const { installed, failed, declined, removed } = statistics.reports
  const rolledBack = statistics.reports['rolled-back']!
  const parts = [
    `${statistics.online}/${options.devices} online`,
    `${statistics.enrolled} enrolled`,
    `${statistics.ordersPlaced} orders`,
    `${statistics.offers} offers`,
    `${installed} installed`,
    `${failed! + rolledBack} failed`,
    `${declined} declined`,
    ...(removed === 0 ? [] : [`${removed} removed`]),
    `${(statistics.fileBytes / mebibyte).toFixed(1)} MiB`,
  ]
  return parts.join(' · ')
}

function progressJson(fleet: Fleet): string {
  const { statistics } = fleet
  const { enrolled, online, ready, ordersPlaced, offers, fileBytes, duplicatesSent } = statistics
  const { rss } = process.memoryUsage()
  const seconds = (fleet.wheel.now() - fleet.moments.began) / 1000
  const counts = { enrolled, online, ready, ordersPlaced, offers, ...statistics.reports, fileBytes, duplicatesSent }
  return JSON.stringify({ kind: 'progress', seconds, ...counts, rss })
}

const latencyText = ({ count, p50, p90, p99, max }: Percentiles): string =>
  count === 0 ? 'none' : `p50 ${p50} ms · p90 ${p90} ms · p99 ${p99} ms · most ${max} ms (${count})`

/** The result as a table for people. */
export function resultText(result: FleetResult): string {
  const orders = Object.entries(result.orders).map(([state, count]) => `${count} ${state}`)
  const size = (bytes: number): string => `${(bytes / mebibyte).toFixed(1)} MiB`
  const rows: [string, string][] = [
    ['devices', `${result.devices} in ${result.households} households, seed ${result.seed}`],
    ['enrolled', `${result.enrolled} now, ${result.ready} were connected`],
    ['connections', `${result.connections}, ${result.connectionsLost} lost, ${result.refusedConnections} refused`],
    ['orders', `${result.ordersPlaced} placed${orders.length === 0 ? '' : `: ${orders.join(', ')}`}`],
    ['offers', String(result.offers)],
    ['outcomes', outcomesText(result)],
    ['faults', faultsText(result)],
    ['offer → outcome', latencyText(result.latency.offerToOutcome)],
    ['order → outcome', latencyText(result.latency.orderToOutcome)],
    ['files', `${result.files} and ${result.manifests} manifests, ${size(result.fileBytes)}`],
    [
      'traffic',
      `HTTP ${size(result.bytes.http)}, MQTT ${size(result.bytes.mqttReceived)} in, ${size(result.bytes.mqttSent)} out`,
    ],
    [
      'time',
      `${result.seconds.start.toFixed(2)} s to connect, ${result.seconds.confirmed.toFixed(2)} s to the last outcome`,
    ],
    ['rate', `${result.confirmedPerSecond.toFixed(1)} confirmed per second`],
    ['memory', `${size(result.memory.peakRss)} at most, CPU ${result.cpuSeconds.toFixed(2)} s`],
    ...result.problems.map(({ problem, times }): [string, string] => [`problem × ${times}`, problem]),
  ]
  return rows.map(([name, text]) => `${name.padEnd(18)}${text}\n`).join('')
}

function outcomesText(result: FleetResult): string {
  const { installed, removed, failed, rolledBack, declined } = result
  return `${installed} installed, ${failed} failed, ${rolledBack} rolled back, ${removed} removed, ${declined} declined`
}

function faultsText(result: FleetResult): string {
  const { absences, kills, duplicatesSent, reordered, clocksCorrected, restarts } = result
  return (
    `${absences} absences, ${kills} losses of power, ${duplicatesSent} duplicates, ${reordered} out of order, ` +
    `${clocksCorrected} clocks corrected, ${restarts} restarts`
  )
}
