/** Beside the stylesheet of the reference, whose colours it uses: forms, for one column of any width. */
export const formStyle = `
body { display: block; }
main { max-width: 28rem; margin: 0 auto; padding: clamp(1.5rem, 8vh, 6rem) 1.25rem 3rem; }
.brand { font-weight: 700; letter-spacing: .02em; color: var(--soft); margin: 0 0 1.5rem; }
h1 { font-size: 1.6rem; }
h1:focus { outline: none; }
h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
form { display: grid; gap: 1.1rem; margin: 1.5rem 0; }
[hidden] { display: none !important; }
.field { display: grid; gap: .3rem; }
label { font-weight: 600; font-size: .95rem; }
input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .4rem;
  padding: .6rem .7rem; width: 100%; }
input[aria-invalid=true] { border-color: var(--delete); }
.hint { color: var(--soft); font-size: .88rem; margin: 0; }
.wrong { color: var(--delete); font-size: .9rem; margin: 0; }
.wrong:empty { display: none; }
[role=alert] { border: 1px solid var(--delete); border-left-width: .3rem; border-radius: .4rem; padding: .6rem .8rem; margin: 0; }
button, .button { font: inherit; font-weight: 600; border: 1px solid var(--link); border-radius: .4rem; padding: .6rem 1rem;
  cursor: pointer; text-align: center; }
button[type=submit] { background: var(--link); color: var(--paper); }
button[type=button], .button { background: transparent; color: var(--link); display: block; }
button:disabled { opacity: .6; cursor: progress; }
input:focus-visible, button:focus-visible, .button:focus-visible, a:focus-visible, [role=alert]:focus-visible {
  outline: 3px solid var(--link); outline-offset: 2px; }
.providers { display: grid; gap: .6rem; margin: 1rem 0; padding: 0; list-style: none; }
.or { display: flex; align-items: center; gap: .8rem; color: var(--soft); font-size: .9rem; }
.or::before, .or::after { content: ''; flex: 1; border-top: 1px solid var(--line); }
#sessions { list-style: none; margin: 0 0 1.5rem; padding: 0; }
#sessions li { display: flex; gap: 1rem; align-items: center; justify-content: space-between; padding: .6rem 0;
  border-bottom: 1px solid var(--line); font-size: .92rem; }
#sessions button { padding: .3rem .8rem; }
`
