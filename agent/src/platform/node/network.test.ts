import { describe, expect, test } from 'vitest'
import { defaultLink, typeOf } from './network.ts'

const header = 'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT'
const route = (link: string, to: string, metric: number) =>
  `${link}\t${to}\t0101A8C0\t0003\t0\t0\t${metric}\t00000000\t0\t0\t0`

describe('the link of a device', () => {
  test('is that of the default route with the lowest metric', () => {
    const routes = [header, route('eth0', '00000000', 200), route('wwan0', '00000000', 100), route('lo', '0000007F', 0)]
    expect(defaultLink(routes.join('\n'))).toBe('wwan0')
  })

  test('is not known where there is no default route', () => {
    expect(defaultLink([header, route('eth0', '0000007F', 0)].join('\n'))).toBeNull()
    expect(defaultLink('')).toBeNull()
  })

  test.each([
    ['wwan0', '', false, 'cellular'],
    ['usb0', 'DEVTYPE=wwan\nINTERFACE=usb0', false, 'cellular'],
    ['wlp3s0', 'DEVTYPE=wlan\n', false, 'wifi'],
    ['wlan0', '', true, 'wifi'],
    ['enp2s0', 'INTERFACE=enp2s0', false, 'ethernet'],
    ['tun0', '', false, 'unknown'],
  ])('%s is told by what the kernel says of it', (link, uevent, wireless, type) => {
    expect(typeOf(link, uevent, wireless)).toBe(type)
  })
})
