import { fixed, mapEntries, type Fields } from './protobuf.ts'

/** Parameters by full path. */
export type Parameters = ReadonlyMap<string, string>

/** Tables and objects that are there although they may have no instances. */
const objects = new Set([
  'Device.DeviceInfo.',
  'Device.DeviceInfo.FirmwareImage.',
  'Device.DeviceInfo.MemoryStatus.',
  'Device.DeviceInfo.Processor.',
  'Device.LocalAgent.',
  'Device.LocalAgent.Request.',
  'Device.LocalAgent.Subscription.',
  'Device.SoftwareModules.',
  'Device.SoftwareModules.DeploymentUnit.',
  'Device.SoftwareModules.ExecEnv.',
])

/** RequestedPathResult of a Get. */
export function getResult(path: string, parameters: Parameters): Fields {
  const matches = [...parameters].filter(([each]) => (path.endsWith('.') ? each.startsWith(path) : each === path))
  if (matches.length === 0 && !objects.has(path))
    return [
      [1, path],
      [2, fixed(7026)],
      [3, `there is no ${path}`],
    ]
  const byObject = Map.groupBy(matches, ([each]) => each.slice(0, each.lastIndexOf('.') + 1))
  return [
    [1, path],
    ...[...byObject].map(([object, params]): readonly [number, Fields] => [
      4,
      [[1, object], ...mapEntries(2, new Map(params.map(([each, value]) => [each.slice(object.length), value])))],
    ]),
  ]
}

/** RequestedObjectResult of a GetSupportedDM: only the commands. */
export function supportedResult(path: string, commands: readonly string[]): Fields {
  const own = commands.filter((command) => command.slice(0, command.lastIndexOf('.') + 1) === path)
  return [
    [1, path],
    [5, [[1, path], ...own.map((command): readonly [number, Fields] => [4, [[1, command.slice(path.length)]]])]],
  ]
}
