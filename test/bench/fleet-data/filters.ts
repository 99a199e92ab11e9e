/** What an operator asks a fleet for, by what it costs: how many match, where they lie, which index can help. */
export const filters: Readonly<Record<string, string>> = {
  everything: 'true',
  'a third': 'device.class == "phone"',
  'a model of many': 'report.hardware.model == "PH-1"',
  'a model of few': 'report.hardware.model == "OLD-1"',
  'the newest hundredth': 'report.hardware.model == "NEW-1"',
  'the newest hundredth, and more': 'report.hardware.model == "NEW-1" && device.class == "gateway" && device.reachable',
  'a version in place': 'report.installed.exists(i, i.service == "tv-guide" && i.version == "1.4.0")',
  'a range of versions in place':
    'report.installed.exists(i, i.service == "tv-guide" && semver(i.version) < semver("1.3.0"))',
  'not in place': '!report.installed.exists(i, i.service == "tv-guide")',
  'nobody has it': 'report.installed.exists(i, i.service == "no-such")',
  'system and version': 'report.os.name == "android" && semver(report.os.version) >= semver("15.2")',
  'versions that nobody has': 'semver(report.os.version) >= semver("99")',
  'a feature and a runtime': '"restart" in report.features && report.runtimes.node == "22.0.0"',
  'little memory': 'report.memory.total < 600000000.0 && report.hardware.arch == "x64"',
  'not connected': '!device.reachable && device.class == "set-top-box"',
  tagged: '"trial" in device.tags',
  'on a floor': 'device.attributes.floor == "3" && device.class == "phone"',
  quarantined: 'device.state == "quarantined"',
  'one serial number': 'device.serial == "SN-0000031415"',
  'serial numbers that begin so': 'device.serial.startsWith("SN-00000314")',
  'a household’s time zone': 'household.timeZone == "Asia/Tokyo" && device.class == "gateway"',
  'a household by name': 'household.name == "Household 4711"',
  'one of several': 'device.class == "phone" && (report.hardware.model == "OLD-1" || report.hardware.model == "NEW-1")',
  'a name by pattern': 'device.name.matches("^Phone 99[0-9]$")',
}

/** Of these there is no index: the database looks through the fleet. Told beside the others, without a goal. */
export const unindexed: Readonly<Record<string, string>> = {
  'few, by a pattern': 'report.hardware.model.matches("^OLD-.$")',
  'nobody, by a part of a name': 'device.name.contains("no such name")',
  'little free storage': 'report.storage.free < 100000.0',
}
