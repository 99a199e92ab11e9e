/** Patterns that use every statement of the language, in and out of the usual form. */
export const texts = {
  deliver: `model deliver 1.0.0 "Deliver one service version to one device"

shared maxAttempts = 3
data   attempts = 0
data   device = "stb1"

states queued (initial), offered, installing, confirmed (final), failed (final)

signal start, accepted, late
signal installed(digest: string)
signal cancel(reason: string?) urgent

on start: queued -> offered as "offer"
  set  attempts = data.attempts + 1
  task device.offer(device: data.device)
  emit late after 15m while offered

on late: offered -> queued as "try again" when data.attempts < shared.maxAttempts
  emit start

on late: offered -> failed as "give up" when data.attempts >= shared.maxAttempts

on accepted: offered -> installing
on installed: installing -> confirmed

on cancel: any -> failed as "stop"

returns attempts = data.attempts
`,
  everything: `// A pattern that says everything once.
model everything 2.1.0-rc.1

// What all instances share.
shared
  limits = { "soft": 3, "hard": [1, 2, { "deep": null }] } // two kinds
  // and a text
  text = "a // b"
data
  list = [] // nothing yet
  long = ["one of many words", "another of many words", "a third of many words", "a fourth of many words", "a fifth"]

states // all of them
  idle (initial) // waits
  busy (initial), other
  // the end
  over (final)

signals
  go(n: int, why: string?) deferrable
  stop not urgent, back() // two in one line
  done(result: any), broken(error: string, attempts: int)

on go: idle, busy clear other -> busy
    as "start it"
    when args.n > 0
      && data.list.all(x, x != 'a' || true) // why
  args n = args.n + 1
  set list = data.list + [args.n]
  share limits = {"soft": 1}
  cancel back, stop
  task device.do-it(
    device: call.device, // which one
    how: 'now'
  ) as it done done failed broken retry 5 first 10s factor 1.5 max 5m timeout PT1H
  task plain
  emit back() to parent
  emit go(n: 1, why: "because") to child:{data.list[0]} after {data.wait} while busy, idle reply back
  emit stop at timestamp('2026-01-01T00:00:00Z')
  call model:sub@1/{id}-{string(args.n)}(a: 1) as sub wait done done failed broken
  call model:sub/x as "a b" not wait

on back: none clear none -> none
on stop: idle clear any -> over
on "any": any -> over
  set none
  emit none
  task none

returns
  a = data.list
  b = cel "1 +\\n1"
`,
} as const

/** `everything` in the usual form. */
export const everythingFormatted = `// A pattern that says everything once.
model everything 2.1.0-rc.1

// What all instances share.
shared limits = { "soft": 3, "hard": [1, 2, { "deep": null }] } // two kinds
// and a text
shared text = "a // b"
data list = [] // nothing yet
data long = ["one of many words", "another of many words", "a third of many words", "a fourth of many words", "a fifth"]

states // all of them
  idle (initial) // waits
  busy (initial), other
  // the end
  over (final)

signal go(n: int, why: string?) deferrable
signal stop not urgent, back() // two in one line
signal done(result: any), broken(error: string, attempts: int)

on go: idle, busy clear other -> busy as "start it" when args.n > 0 && data.list.all(x, x != 'a' || true) // why
  args n = args.n + 1
  set list = data.list + [args.n]
  share limits = {"soft": 1}
  cancel back, stop
  task device.do-it(
    device: call.device, // which one
    how: 'now'
  ) as it done done failed broken retry 5 first 10s factor 1.5 max 5m timeout PT1H
  task plain
  emit back() to parent
  emit go(n: 1, why: "because") to child:{data.list[0]} after {data.wait} while busy, idle reply back
  emit stop at timestamp('2026-01-01T00:00:00Z')
  call model:sub@1/{id}-{string(args.n)}(a: 1) as sub wait done done failed broken
  call model:sub/x as "a b" not wait

on back: none clear none -> none
on stop: idle clear any -> over

on "any": any -> over
  set none
  emit none
  task none

returns a = data.list
returns b = cel "1 +\\n1"
`
