/** What mail clients and gateways do to a block, each as a function on the body. Shapes taken from Outlook on the web, Word's engine, Safe Links, Proofpoint and Barracuda. */
export type Mangling = (body: string) => string;

function eachHref(body: string, change: (url: string) => string): string {
  return body.replace(/href="(https:[^"]*)"/g, (_whole, url: string) => `href="${change(url)}"`);
}

function v2(url: string): string {
  return url.replace(/-/g, '-2D').replace(/:/g, '-3A').replace(/\//g, '_');
}

export const htmlManglings: Record<string, Mangling> = {
  'Safe Links': (body) =>
    eachHref(body, (url) => `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}&amp;data=05%7C01%7Canna%40x.example&amp;sdata=abc%3D&amp;reserved=0`),
  'Proofpoint v2': (body) => eachHref(body, (url) => `https://urldefense.proofpoint.com/v2/url?u=${v2(url)}&amp;d=DwMF&amp;c=x&amp;r=y`),
  'Proofpoint v3': (body) => eachHref(body, (url) => `https://urldefense.com/v3/__${url}__;!!Abc!xyz$`),
  Barracuda: (body) => eachHref(body, (url) => `https://linkprotect.cudasvc.com/url?a=${encodeURIComponent(url).toLowerCase()}&amp;c=E,1,abc&amp;typo=1`),
  'twice encoded': (body) => eachHref(body, (url) => `https://safe.example/?u=${encodeURIComponent(encodeURIComponent(url))}`),
  'x_ prefixes and dropped styles': (body) =>
    body.replace(/ style="[^"]*"/g, '').replace(/<p>/g, '<p class="x_MsoNormal">').replace(/<table/g, '<table class="x_MsoTableGrid" id="x_t1"'),
  tbody: (body) => body.replace(/(<table role[^>]*>)<tr>/g, '$1<tbody><tr>').replace(/<\/tr><\/table>/g, '</tr></tbody></table>'),
  'Word paragraphs': (body) =>
    body
      .replace(/<p style="([^"]*)">/g, '<p class=MsoNormal style=\'$1\'><span lang=EN-US>')
      .replace(/<\/p>/g, '<o:p></o:p></span></p>')
      .replace(/<p>&nbsp;<o:p><\/o:p><\/span><\/p>/g, '<p class=MsoNormal><o:p>&nbsp;</o:p></p>'),
  'MSO conditionals': (body) => body.replace(/<table role/g, '<!--[if mso]><i>x</i><![endif]--><table role').replace(/<b>/g, '<![if !vml]><b>').replace(/<\/b>/g, '</b><![endif]>'),
  'upper case tags': (body) => body.replace(/<(\/?)(table|tr|td|p|a|b)\b/g, (_whole, slash: string, name: string) => `<${slash}${name.toUpperCase()}`),
  'wrapped source': (body) => body.replace(/ (?=style=|width=)/g, '\r\n ').replace(/: /g, ':\n '),
  'spell check spans': (body) => body.replace(/Passcode/g, '<span class="SpellE">Pass</span>code').replace(/Berger/g, '<span class=GramE>Berger</span>'),
  'linked clear address': (body) => body.replace(/>(https:[^<]*)<br>/g, '><a href="$1">$1</a><br>'),
  'entities for letters': (body) => body.replace(/ö/g, '&ouml;').replace(/ä/g, '&#228;'),
  'no lead paragraph': (body) => body.replace(/<p>&nbsp;<\/p>\n(?=<table role)/g, ''),
  'empty div as lead': (body) => body.replace(/<p>&nbsp;<\/p>\n(?=<table role)/g, '<div class="elementToProof"><br></div>\n'),
  'table in table': (body) => body.replace(/<table role[\s\S]*?<\/table>/g, (table) => `<table class="wrap"><tr><td>logo</td><td>${table}</td></tr></table>`),
  'quoted mail': (body) => body.replace(/<table role[\s\S]*?<\/table>/g, (table) => `<blockquote type="cite">${table}</blockquote>`),
};

export const textManglings: Record<string, Mangling> = {
  'Windows line breaks': (body) => body.replace(/\r?\n/g, '\r\n'),
  quoted: (body) => body.replace(/^/gm, '> '),
  'quoted twice': (body) => body.replace(/^/gm, '>> '),
  'spaces at line ends': (body) => body.replace(/$/gm, '  '),
  'no-break spaces': (body) => body.replace(/(\d) (\d)/g, '$1\u00a0$2'),
  'angle brackets around addresses': (body) => body.replace(/^(https:\S+)$/gm, '<$1>'),
  'Safe Links': (body) =>
    body.replace(/^(https:\S+)$/gm, (url: string) => `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}&data=05%7C01&reserved=0`),
  'blank lines doubled': (body) => body.replace(/\n/g, '\n\n'),
  'one long dash rule': (body) => body.replace(/^-{40}$/gm, '————————————————————'),
  'id broken in two': (body) => body.replace(/(\/j\/[a-z2-7]{20})/, '$1\n'),
};
