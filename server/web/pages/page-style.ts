/**
 * One style for all server-rendered pages (ux.md §4): Fluent's colours, light and dark, 320 px and up, no fonts to load.
 * Contrast: text 4.5:1 at least, edges of fields 3:1, in both themes; `forced-colors` keeps the browser's own.
 */
export const pageStyle = `
:root{color-scheme:light dark;--back:#ebeef2;--card:#fff;--side:#fafafa;--text:#242424;--soft:#616161;--line:#e0e0e0;--edge:#8a8886;--fill:#0f6cbd;--onfill:#fff;--link:#115ea3;--good:#0e700e;--bad:#b10e1c;--note:#f5f5f5}
@media (prefers-color-scheme:dark){:root{--back:#141414;--card:#292929;--side:#242424;--text:#fff;--soft:#c2c2c2;--line:#474747;--edge:#8f8f8f;--fill:#115ea3;--link:#62abf5;--good:#54b054;--bad:#f69ba4;--note:#333}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:16px/1.45 "Segoe UI",system-ui,-apple-system,sans-serif;overflow-wrap:anywhere;hyphens:auto}
.card{max-width:54rem;margin:1.5rem auto;background:var(--card);border-radius:8px;box-shadow:0 2px 8px #0003;overflow:hidden}
header,footer{display:flex;flex-wrap:wrap;gap:.4rem 1rem;align-items:center;padding:.8rem 1.5rem;border-bottom:1px solid var(--line);font-size:.875rem}
footer{border:0;border-top:1px solid var(--line);color:var(--soft);justify-content:flex-end}
.brand{font-weight:600;font-size:1rem;flex:1 1 auto;display:flex;align-items:center;gap:.5rem}
.mark{width:24px;height:24px;flex:none}.mark rect{fill:#0c3b5e}.mark path{stroke:#fff}
nav{display:flex;gap:.8rem}.account{display:flex;gap:.6rem;align-items:center;margin:0}
main{padding:1.5rem}
.split{display:grid;grid-template-columns:minmax(0,1.6fr) minmax(0,1fr);margin:-1.5rem}
.split>*{padding:1.5rem}.split>aside{background:var(--side);border-left:1px solid var(--line)}
h1{font-size:1.5rem;line-height:1.25;font-weight:600;margin:0 0 .3rem}
h2{font-size:1rem;font-weight:600;margin:1.2rem 0 .3rem}aside h2:first-child{margin-top:0}
p{margin:.3rem 0 .8rem}.soft{color:var(--soft);font-size:.875rem}.good{color:var(--good);font-weight:600}.bad{color:var(--bad)}
.person{display:flex;gap:.8rem;align-items:center}.person h1{margin:0}
.picture{position:relative;flex:none;display:grid;place-items:center;width:48px;height:48px;border-radius:50%;overflow:hidden;background:var(--note);color:var(--soft);font-weight:600}.picture img{position:absolute;inset:0;width:100%;height:100%;object-fit:cover;background:var(--note)}
.note{background:var(--note);border:1px solid var(--line);border-radius:4px;padding:.8rem 1rem;margin:1rem 0}.note p:last-child{margin-bottom:0}
.alert{border-left:4px solid var(--bad)}
.big{font-size:1.25rem;font-weight:600}
a{color:var(--link)}
label{display:block;font-weight:600;font-size:.875rem;margin:.8rem 0 .2rem}
label.inline{font-weight:400;display:flex;gap:.5rem;align-items:center}
input,select,textarea{font:inherit;color:var(--text);background:var(--card);border:1px solid var(--edge);border-radius:4px;padding:.45rem .6rem;width:100%;max-width:100%;min-height:2rem}
input[type=checkbox],input[type=radio]{width:1.1rem;min-height:1.1rem;margin:0;flex:none}
fieldset{border:0;padding:0;margin:.8rem 0 0}legend{font-weight:600;font-size:.875rem;padding:0}
.row{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:0 1rem}
button,.button{font:inherit;font-weight:600;color:var(--text);background:var(--card);border:1px solid var(--edge);border-radius:4px;padding:.45rem 1rem;min-height:2.1rem;cursor:pointer;text-align:center;text-decoration:none;display:inline-block}
.wide{width:100%;margin-top:.6rem}
.filled{background:var(--fill);border-color:var(--fill);color:var(--onfill)}
.quiet{border-color:transparent;background:none;color:var(--link);padding:.2rem .4rem;font-weight:400}
.actions{display:flex;flex-wrap:wrap;gap:.5rem;margin:1rem 0}.actions form{margin:0}
ul.plain{list-style:none;padding:0;margin:.5rem 0}ul.plain>li{padding:.8rem 0;border-bottom:1px solid var(--line)}
.unsure{border-bottom:2px dotted var(--edge)}
details summary{cursor:pointer;color:var(--link);padding:.2rem 0}
:focus-visible{outline:2px solid var(--text);outline-offset:2px}
@media (max-width:640px){.card{margin:0;border-radius:0}.split{grid-template-columns:minmax(0,1fr)}.split>aside{border-left:0;border-top:1px solid var(--line)}main,header,footer,.split>*{padding-left:1rem;padding-right:1rem}.split{margin-left:-1rem;margin-right:-1rem}}
@media (forced-colors:active){.filled{border:2px solid Highlight}}
`;
