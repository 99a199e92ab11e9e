import type { ErrorCode } from '../../hub/src/platform/errors.ts'

/** docs/reference/errors.md. */
export function errorReference(register: readonly ErrorCode[]): string {
  return [
    '# Errors',
    '',
    'Every refusal of the API is a problem document (RFC 9457, `application/problem+json`): `type` is `/problems/<code>`, `detail` says to what it',
    'happened, `errors` names the wrong places by JSON pointer. Codes are stable. A running hub explains each at `/problems/<code>`.',
    '',
    '| code | status | what happened | what to do |',
    '| --- | --- | --- | --- |',
    ...register.map(({ code, status, title, remedy }) => `| \`${code}\` | ${status} | ${title} | ${remedy} |`),
    '',
  ].join('\n')
}
