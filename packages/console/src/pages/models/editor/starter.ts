/** What a new model begins with: sound, and short enough to be understood at once. */
export const starter = `// What is provisioned, in a sentence or two.
model my-service 1.0.0 "Say what this is about"

data attempts = 0

states requested (initial), working, done (final), failed (final)

signal start
signal finished(ok: bool)
signal late
signal cancel(reason: string?) urgent

on start: requested -> working
  set attempts = data.attempts + 1
  emit late after 1h while working

on finished: working -> done when args.ok

on finished: working -> failed as "not finished" when !args.ok

on late: working -> failed as "took too long"

on cancel: any -> failed
`
