import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { enrolments } from '#words/enrolments.ts'
import { qrCode, type Modules } from './matrix.ts'

const words = enrolments.claims.qr
/** Light modules around the code, without which it is not found. */
const margin = 4

/** The claim as a code that opens the page of a device with it; nothing at a hub where browsers are no devices. */
export default function DeviceQr({ claim }: { readonly claim: string }) {
  const served = useQuery({
    queryKey: ['device-page'],
    queryFn: async () => (await fetch('/device', { method: 'HEAD' })).ok,
    staleTime: Infinity,
  })
  const modules = qrCode(`${location.origin}/device#claim=${encodeURIComponent(claim)}`)
  if (served.data !== true || modules === null) return null
  const side = modules.length + 2 * margin
  return (
    <Stack align="center" gap="xs">
      <svg
        viewBox={`0 0 ${side} ${side}`}
        width={240}
        height={240}
        role="img"
        aria-label={words.label}
        shapeRendering="crispEdges"
      >
        <rect width={side} height={side} fill="#fff" />
        <path d={pathOf(modules)} fill="#000" />
      </svg>
      <Text size="sm">{words.text}</Text>
    </Stack>
  )
}

/** Each run of dark modules as a bar. */
function pathOf(modules: Modules): string {
  return modules
    .flatMap((row, y) => {
      const line = row.map((dark) => (dark ? '#' : ' ')).join('')
      return [...line.matchAll(/#+/g)].map(
        ({ index, 0: run }) => `M${index + margin} ${y + margin}h${run.length}v1h-${run.length}z`,
      )
    })
    .join('')
}
