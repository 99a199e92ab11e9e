import { escaped } from '../../../platform/markup.ts'

/** What the e-mail with an invitation's link says. */
export function invitationMail(by: string, hub: string, link: string, until: Date) {
  const asked = `${by} invites you to ${hub}.`
  const end = `The link is for you alone, and good once, until ${until.toISOString().slice(0, 16).replace('T', ' ')} UTC.`
  const ignore = 'If you did not expect this, do nothing.'
  const paragraphs = [asked, 'Make your account', end, ignore]
  return {
    subject: 'Your invitation',
    text: `${asked}\n\nMake your account: ${link}\n\n${end} ${ignore}\n`,
    html: `<!doctype html><html lang="en"><body>${paragraphs
      .map((text, i) => `<p>${i === 1 ? `<a href="${escaped(link)}">${escaped(text)}</a>` : escaped(text)}</p>`)
      .join('')}</body></html>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}
