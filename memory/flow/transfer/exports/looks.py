"""How the page of an export looks: ink on paper as the app does, on a phone and in the dark too."""

# The numbers are contrast ratios against the background (WCAG 2.2 asks 4.5 for text).
STYLE = """
:root { color-scheme: light dark; --paper: #FAF8F3; --ink: #101216; --quiet: #55585F;
  --line: #DDD6C7; --card: #F0ECE3; --accent: #0F6B62; --other: #8A4318; }
@media (prefers-color-scheme: dark) { :root { --paper: #0B0E15; --ink: #E9E6DF; --quiet: #A9AEB8;
  --line: #2D3544; --card: #171C27; --accent: #7FD3C7; --other: #F0A06A; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1, h2 { font-family: Georgia, serif; line-height: 1.2; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
a { color: var(--accent); }
nav ol { columns: 14rem; padding-left: 2rem; }
article { background: var(--card); border-radius: .6rem; padding: .7rem .9rem; margin: .6rem 0; }
article.assistant { margin-left: 1.5rem; }
.said { margin: 0 0 .4rem; white-space: pre-wrap; }
small, dt, .none { color: var(--quiet); }
dl { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .4rem 0 0; font-size: .85rem; }
dt, dd { display: inline; margin: 0; }
dt::after { content: ": "; }
.mark { font-size: .8rem; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .5rem; }
.given { color: var(--accent); }
.inferred { color: var(--other); border-style: dashed; }
.wide { overflow-x: auto; margin: .6rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; overflow-wrap: normal; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem;
  border-bottom: 1px solid var(--line); }
td { overflow-wrap: break-word; max-width: 24rem; }
@media (max-width: 40rem) { th, td { padding: .3rem .35rem; } }
details { border: 1px solid var(--line); border-radius: .6rem; padding: .5rem .9rem;
  margin: .6rem 0; }
summary { cursor: pointer; }
@media print { details { break-inside: auto; } article { break-inside: avoid; } }
"""
