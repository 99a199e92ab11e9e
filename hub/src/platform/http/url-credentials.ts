/** Whether a name or a password stands before the host of a URL (RFC 3986, 3.2.1). */
export function hasCredentials(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && url.username + url.password !== ''
}
