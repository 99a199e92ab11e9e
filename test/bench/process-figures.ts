import { readFileSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What Linux tells of processes by /proc; the benches leave these figures out on other systems. */

/** Clock ticks per second of /proc/<pid>/stat (`getconf CLK_TCK`, 100 on every Linux that Node runs on). */
const ticks = 100

/** Most bytes of physical memory that a process ever had; null where there is no /proc. */
export function peakMemory(pid: number): number | null {
  return statusField(pid, 'VmHWM')
}

/** Bytes of physical memory that a process has now; null where there is no /proc. */
export function residentMemory(pid: number): number | null {
  return statusField(pid, 'VmRSS')
}

function statusField(pid: number, name: string): number | null {
  if (process.platform !== 'linux') return null
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm'))
  return line === null ? null : Number(line[1]) * 1024
}

/** CPU seconds that a process has used so far; 0 where there is no /proc. */
export function cpuSeconds(pid: number): number {
  return process.platform === 'linux' ? (statOf(pid)?.seconds ?? 0) : 0
}

/** Of these, without those that the system has worked for it. */
export function userCpuSeconds(pid: number): number {
  return process.platform === 'linux' ? (statOf(pid)?.userSeconds ?? 0) : 0
}

/** CPU seconds of a process and its children, those that have ended included. */
export function familyCpuSeconds(pid: number): number {
  if (process.platform !== 'linux') return 0
  const children = processes().filter((stat) => stat.parent === pid)
  const ended = statOf(pid)?.endedChildrenSeconds ?? 0
  return cpuSeconds(pid) + ended + children.reduce((sum, child) => sum + child.seconds, 0)
}

/** The process id of a hub's own database server. @param data the hub's directory */
export async function postmaster(data: string): Promise<number> {
  return Number.parseInt(await readFile(join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8'), 10)
}

interface Stat {
  readonly parent: number
  readonly seconds: number
  readonly userSeconds: number
  readonly endedChildrenSeconds: number
}

function processes(): Stat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? [])
}

/** Null for a process that has ended meanwhile. proc(5): fields are counted after the name, which may hold anything. */
function statOf(pid: number): Stat | null {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return null
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const seconds = (from: number): number => (Number(fields[from]) + Number(fields[from + 1])) / ticks
  return {
    parent: Number(fields[1]),
    seconds: seconds(11),
    userSeconds: Number(fields[11]) / ticks,
    endedChildrenSeconds: seconds(13),
  }
}
