import { readFileSync, readlinkSync } from 'node:fs'
import { availableParallelism, machine, release, totalmem, type } from 'node:os'
import type { ProbeReport } from '../../core/platform.ts'
import { probeNetwork } from './network.ts'

export function nodeProbe(): ProbeReport {
  return {
    hardware: { model: model(), arch: machine(), cpus: availableParallelism() },
    os: operatingSystem(),
    memory: { total: totalmem() },
    runtimes: { node: process.versions.node },
    timeZone: timeZone(),
    network: probeNetwork(),
  }
}

/** What the board or firmware calls itself, where the system tells. */
function model(): string {
  for (const path of ['/proc/device-tree/model', '/sys/class/dmi/id/product_name']) {
    const text = textOf(path)?.replaceAll('\0', '').trim()
    if (text) return text.slice(0, 200)
  }
  return 'generic'
}

function operatingSystem(): { name: string; version: string } {
  const text = process.platform === 'linux' ? textOf('/etc/os-release') : null
  const field = (name: string): string | undefined => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(text ?? '')?.[1]
  return { name: field('NAME') ?? type(), version: field('VERSION_ID') ?? release() }
}

function timeZone(): string {
  const configured = process.env['TZ'] || localTime() || textOf('/etc/timezone')?.trim()
  if (configured && /^[A-Za-z]+(?:[/_+-][A-Za-z0-9]+)*$/.test(configured)) return configured
  // Costs seven megabytes of language data, so it comes last.
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** `/etc/localtime` is a link into the time zone database. */
function localTime(): string | undefined {
  try {
    return readlinkSync('/etc/localtime').split('/zoneinfo/')[1]
  } catch {
    // No link: the next source decides.
    return undefined
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Not there or not ours to read: the next source decides.
    return null
  }
}
