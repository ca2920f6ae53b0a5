/** Colours and shapes of the report: light and dark as the reader's system is, and light on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f7f7f5; --surface: #ffffff; --text: #1c2127; --quiet: #55606b; --line: #dfe2e6;
  --accent: #2456a6; --accent-soft: #c9d7ee; --track: #e6e8eb;
  --ok: #17683a; --ok-soft: #e2f2e8; --warn: #7d4b00; --warn-soft: #fbeed6; --bad: #a3211b; --bad-soft: #fbe4e2; --none: #55606b; --none-soft: #eceef0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121519; --surface: #1a1e24; --text: #e7eaee; --quiet: #a7b0bb; --line: #313841;
    --accent: #8ab4f8; --accent-soft: #33496b; --track: #2b3139;
    --ok: #7ed6a0; --ok-soft: #173324; --warn: #f2c274; --warn-soft: #3b2d12; --bad: #ff9a91; --bad-soft: #431d1b; --none: #a7b0bb; --none-soft: #2a3037;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
header, main, footer { max-width: 1160px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 44px; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 6px; letter-spacing: -0.01em; }
h2 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 4px; }
h3 { font-size: 1.1rem; margin: 32px 0 10px; }
h4 { font-size: 0.95rem; margin: 18px 0 6px; }
p { margin: 0 0 10px; }
a { color: var(--accent); }
ul { margin: 0 0 12px; padding-left: 20px; }
li { margin: 2px 0; overflow-wrap: anywhere; }
.lead, .quiet, .caption { color: var(--quiet); }
.lead { margin-bottom: 20px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 12px; top: 12px; background: var(--surface); padding: 8px 12px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
main > section, article { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 28px 32px; margin: 0 0 24px; }
.who { color: var(--quiet); margin-bottom: 20px; overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(230px, 1fr)); gap: 16px; margin: 0; }
.tile { border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px; min-width: 0; }
.tile dt { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 8px; color: var(--quiet); font-size: 0.9rem; }
.tile dd { margin: 0; }
.tile .value { font-size: 1.45rem; font-weight: 600; line-height: 1.3; margin: 8px 0 4px; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.tile .caption { font-size: 0.875rem; line-height: 1.45; overflow-wrap: anywhere; }
.badge { display: inline-block; font-size: 0.78rem; font-weight: 600; line-height: 1.5; padding: 0 8px; border-radius: 999px; white-space: nowrap; }
.badge-ok { color: var(--ok); background: var(--ok-soft); }
.badge-warn { color: var(--warn); background: var(--warn-soft); }
.badge-bad { color: var(--bad); background: var(--bad-soft); }
.badge-none { color: var(--none); background: var(--none-soft); }
.warn-text { color: var(--warn); font-weight: 600; }
.absent { color: var(--quiet); border-left: 3px solid var(--line); padding: 4px 0 4px 12px; }
.meter { display: block; width: 100%; height: 6px; margin: 4px 0 10px; border-radius: 3px; }
.meter-all { fill: var(--track); }
.meter-ok, .meter-none { fill: var(--accent); } .meter-warn { fill: var(--warn); } .meter-bad { fill: var(--bad); }
.scroll { overflow-x: auto; margin: 0 0 14px; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; line-height: 1.45; }
caption { text-align: left; color: var(--quiet); font-size: 0.875rem; padding: 0 0 6px; }
th, td { text-align: left; vertical-align: top; padding: 8px 16px 8px 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--quiet); font-weight: 600; font-size: 0.8rem; white-space: nowrap; }
tbody th { font-weight: 500; }
tr > :last-child { padding-right: 0; }
tr.total th, tr.total td { font-weight: 600; }
tr.part th { padding-left: 16px; color: var(--quiet); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.number + :not(.number) { padding-left: 20px; }
.overview th, .overview td { min-width: 116px; }
.code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.86em; overflow-wrap: anywhere; }
.wide { min-width: 240px; }
.pair { white-space: nowrap; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 8px 48px; margin: 18px 0 8px; align-items: start; }
.bars { table-layout: fixed; }
.bars th, .bars td { border: 0; padding: 4px 12px 4px 0; vertical-align: middle; }
.bars th { width: 34%; overflow: hidden; text-overflow: ellipsis; overflow-wrap: anywhere; font-weight: 400; }
.bars .number { width: 104px; padding-right: 0; }
.bars svg { display: block; width: 100%; height: 14px; }
.bar-own { fill: var(--accent); } 
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
details { margin: 8px 0; }
summary { cursor: pointer; color: var(--accent); padding: 3px 0; }
details[open] > summary { margin-bottom: 8px; }
.findings { list-style: none; padding: 0; }
.findings > li { border-top: 1px solid var(--line); padding: 14px 0 8px; margin: 0; }
.findings > li:first-child { border-top: 0; padding-top: 4px; }
.finding-head { margin-bottom: 4px; }
.fix { font-weight: 500; }
.legend { color: var(--quiet); font-size: 0.85rem; }
.key { display: inline-block; width: 26px; height: 0; border-top: 2px solid var(--quiet); vertical-align: middle; margin: 0 4px 0 10px; }
.key:first-child { margin-left: 0; }
.key-use { border-top-style: dotted; } .key-report { border-top-style: dashed; border-color: var(--accent); } .key-backup { border-top-width: 4px; border-color: var(--ok); }
.edge { fill: none; stroke: var(--quiet); stroke-width: 1.4; }
.edge-use { stroke-dasharray: 2 4; }
.edge-report { stroke: var(--accent); stroke-dasharray: 5 4; }
.edge-backup { stroke: var(--ok); stroke-width: 2.4; }
.arrow { fill: var(--quiet); }
.node { fill: var(--surface); stroke: var(--line); stroke-width: 1.5; }
.node-agents { stroke: var(--accent); fill: var(--surface); }
.frame { fill: none; stroke: var(--line); }
.subnet { fill: var(--none-soft); }
.subnet-public { fill: var(--warn-soft); } .subnet-private { fill: var(--ok-soft); }
svg text { fill: var(--text); font-family: inherit; }
.svg-title { font-size: 13px; font-weight: 600; }
.svg-detail { font-size: 12px; }
.svg-label { font-size: 11px; paint-order: stroke; stroke: var(--surface); stroke-width: 4px; stroke-linejoin: round; }
svg .svg-detail, svg .svg-label { fill: var(--quiet); }
svg .svg-detail { fill: var(--text); opacity: 0.85; }
.controls { display: flex; flex-wrap: wrap; gap: 12px 20px; margin: 14px 0; }
.controls[hidden] { display: none; }
.controls label { display: flex; align-items: center; gap: 8px; color: var(--quiet); font-size: 0.9rem; }
.controls label:first-child { flex: 1 1 280px; }
input, select, button { font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--quiet); border-radius: 8px; padding: 7px 10px; }
input { width: 100%; min-width: 0; }
select { max-width: 100%; min-width: 0; }
button { cursor: pointer; }
button:disabled { color: var(--quiet); border-color: var(--line); cursor: default; }
.sort { border: 0; padding: 2px 0; font-weight: 600; background: none; }
th[aria-sort] .sort { color: var(--accent); }
th[aria-sort="ascending"] .sort::after { content: " \\2191"; } th[aria-sort="descending"] .sort::after { content: " \\2193"; }
.resources td { min-width: 92px; }
.resources td:nth-child(2), .resources td:nth-child(3) { min-width: 220px; }
.pages { display: flex; align-items: center; gap: 14px; font-variant-numeric: tabular-nums; }
.pages[hidden] { display: none; }
footer { color: var(--quiet); font-size: 0.875rem; padding-bottom: 48px; }
@media (max-width: 640px) {
  header, main, footer { padding-left: 14px; padding-right: 14px; }
  header { padding-top: 26px; }
  h1 { font-size: 1.5rem; }
  main > section, article { padding: 20px 16px; border-radius: 10px; }
  .tiles { grid-template-columns: 1fr; gap: 12px; }
  .controls label { flex: 1 1 100%; justify-content: space-between; }
  .bars th { width: 38%; } .bars .number { width: 88px; }
}
@media print {
  :root { color-scheme: light; --page: #fff; --surface: #fff; --text: #000; --quiet: #444; --line: #bbb; --accent: #1d4a92; --accent-soft: #c9d7ee; --track: #ddd;
    --ok: #17683a; --ok-soft: #fff; --warn: #7d4b00; --warn-soft: #fff; --bad: #a3211b; --bad-soft: #fff; --none: #444; --none-soft: #fff; }
  body { font-size: 10.5pt; }
  header, main, footer { max-width: none; padding: 0; }
  main > section, article { border: 0; padding: 0; margin-bottom: 24pt; }
  article { break-before: page; }
  main > article:first-child { break-before: auto; }
  .controls, .pages, .skip { display: none; }
  .scroll { overflow: visible; }
  .scroll svg { max-width: 100%; height: auto; }
  .badge, .subnet { outline: 1px solid currentColor; stroke: #bbb; }
  .tile, tr, .findings > li { break-inside: avoid; }
  h2, h3, h4, summary { break-after: avoid; }
  .resources td:nth-child(2), .resources td:nth-child(3) { min-width: 0; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .bar-own, .bar-shared, .meter-all, .meter-ok, .meter-bad, .meter-warn, .meter-none, .subnet, .badge { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
