import { existsSync, readFileSync } from 'node:fs'

/** The link of the default route, where Linux tells; null elsewhere. Links of mobile networks count as metered. */
export function probeNetwork(): { metered: boolean; type: string } | null {
  const link = defaultLink(textOf('/proc/net/route'))
  if (link === null) return null
  const type = typeOf(link, textOf(`/sys/class/net/${link}/uevent`), existsSync(`/sys/class/net/${link}/wireless`))
  return { metered: type === 'cellular', type }
}

/** The interface of the route to 0.0.0.0 with the lowest metric, of /proc/net/route; null when there is none. */
export function defaultLink(routes: string): string | null {
  const rows = routes
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([name, to, , , , , metric]) => name !== undefined && to === '00000000' && metric !== undefined)
  const [best] = rows.toSorted((a, b) => Number(a[6]) - Number(b[6]))
  return best?.[0] ?? null
}

/** A word for it: by what the kernel calls the device, and by its name where a driver does not say. */
export function typeOf(link: string, uevent: string, wireless: boolean): string {
  if (/^DEVTYPE=wwan$/m.test(uevent) || /^(wwan|rmnet|ppp|ccmni)/.test(link)) return 'cellular'
  if (/^DEVTYPE=wlan$/m.test(uevent) || wireless) return 'wifi'
  return /^(eth|en)/.test(link) ? 'ethernet' : 'unknown'
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Not Linux, or not ours to read: nothing is known.
    return ''
  }
}
