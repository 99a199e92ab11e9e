/** The one stylesheet of the reference and problem pages; light and dark, and one column on a phone. */
export const stylesheet = `
:root { color-scheme: light dark; --ink: #1c2126; --soft: #5b6670; --line: #d9dee3; --paper: #fff; --panel: #f5f7f9;
  --link: #0b5cad; --get: #0a6b3d; --post: #0b5cad; --put: #8a5200; --patch: #8a5200; --delete: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --soft: #9aa6b1; --line: #333c45; --paper: #14181c;
  --panel: #1c2228; --link: #7db8f2; --get: #63d29b; --post: #7db8f2; --put: #f0b35e; --patch: #f0b35e; --delete: #ff8a80; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; display: grid; grid-template-columns: 17rem minmax(0, 1fr); color: var(--ink); background: var(--paper);
  font: 1rem/1.55 system-ui, sans-serif; }
a { color: var(--link); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1.25rem; border-right: 1px solid var(--line);
  background: var(--panel); font-size: .9rem; }
nav .home { font-weight: 700; font-size: 1.05rem; color: var(--ink); }
nav h2 { font-size: .9rem; margin: 1.2rem 0 .3rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { padding: .12rem 0; }
main { padding: 2rem clamp(1rem, 4vw, 3.5rem) 6rem; max-width: 62rem; }
main.single { grid-column: 1 / -1; margin: 0 auto; width: 100%; max-width: 44rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; }
h1 small, h4 small { color: var(--soft); font-weight: 400; }
h2 { margin: 3rem 0 1rem; font-size: 1.35rem; }
h3 { margin: 0 0 .4rem; font-size: 1.1rem; }
h4 { margin: 1.2rem 0 .4rem; font-size: .95rem; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: 1.1rem 1.25rem; margin: 0 0 1.25rem; }
code { font: .92em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
p { margin: .4rem 0; }
.line { display: flex; flex-wrap: wrap; gap: .6rem; align-items: baseline; }
.method, .status { font: 600 .8rem ui-monospace, monospace; padding: .1rem .45rem; border: 1px solid currentColor; border-radius: .3rem; }
.method.get { color: var(--get); } .method.post { color: var(--post); } .method.put { color: var(--put); }
.method.patch { color: var(--patch); } .method.delete { color: var(--delete); }
.status { color: var(--soft); }
.note, .limits, em { color: var(--soft); font-style: normal; font-size: .92rem; }
.schema > .note { margin: 0; }
dl { margin: .3rem 0; padding: 0; display: grid; grid-template-columns: minmax(8rem, max-content) minmax(0, 1fr); gap: .3rem 1.2rem; }
dt { overflow-wrap: anywhere; }
dd { margin: 0; }
dd dl { border-left: 2px solid var(--line); padding-left: .9rem; }
.choices { margin: .3rem 0; padding-left: 1.1rem; }
@media (max-width: 52rem) {
  body { display: block; }
  nav { position: static; height: auto; max-height: 40vh; border-right: 0; border-bottom: 1px solid var(--line); }
  dl { grid-template-columns: minmax(0, 1fr); gap: .1rem; }
  dd { padding: 0 0 .5rem .9rem; }
}
`
