// How a report looks on screen and on paper. Colours are those of the console's light theme; on paper they may vanish.

export const STYLE = `
:root { color-scheme: light; --ink: #1b2130; --quiet: #5a6274; --line: #d9dde5; --accent: #3c4fc4 }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 60rem; padding: 2.5rem 1.5rem; color: var(--ink); background: #fff;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: break-word }
.kind { margin: 0; color: var(--accent); font-weight: 600; text-transform: capitalize }
h1 { margin: .1rem 0 .4rem; font-size: 1.9rem; line-height: 1.2; text-wrap: balance }
h2 { margin: 2.2rem 0 .6rem; font-size: 1.2rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem }
.summary { font-size: 1.1rem; max-width: 46rem }
dl { margin: 0 }
dt { color: var(--quiet); font-size: .8rem }
dd { margin: 0 }
.stamp { display: flex; flex-wrap: wrap; gap: .4rem 2rem; padding: .7rem 0; border-block: 1px solid var(--line) }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: .7rem 1.5rem }
dl + table, dl + .quiet { margin-top: 1.4rem }
table { width: 100%; border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums }
th { text-align: left; color: var(--quiet); font-weight: 600; font-size: .78rem }
th, td { padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
.quiet { color: var(--quiet) }
.status { white-space: nowrap; font-weight: 600 }
.proven { color: #146c3a } .partial { color: #8a5a00 } .stale { color: #6a4a9c } .failing { color: #b3261e }
.missing, .not-needed { color: var(--quiet) }
footer { margin-top: 3rem; color: var(--quiet); font-size: .82rem; border-top: 1px solid var(--line) }
@media (max-width: 40rem) { body { padding: 1.2rem 1rem } section { overflow-x: auto } table { min-width: 34rem } }
@media print {
  @page { margin: 18mm 15mm }
  body { max-width: none; padding: 0; font-size: 10.5pt }
  h2 { break-after: avoid } tr, .facts > div { break-inside: avoid } thead { display: table-header-group }
}
`
