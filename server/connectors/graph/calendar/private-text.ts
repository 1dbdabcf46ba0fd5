/** Our links in the texts of a private event: all of it that leaves the mailbox (promise 5). */

/** RFC 4648 base32 of a conference id (server/domain/conference.ts). */
const id = '[a-z2-7]{26}';

/** What mail programs and link scanners make of an address's punctuation: percent-encoded once or more, Proofpoint's `-3A`, character references. */
const spellings: readonly [RegExp, string][] = [
  [/%(?:25)*3A|&#58;|&#x3A;/gi, ':'],
  [/%(?:25)*2F|&#47;|&#x2F;/gi, '/'],
  [/%(?:25)*2E|&#46;|&#x2E;/gi, '.'],
  [/%(?:25)*2D|&#45;|&#x2D;/gi, '-'],
];
const proofpoint: readonly [RegExp, string][] = [[/-3A/gi, ':'], [/-2F/gi, '/'], [/-2D/gi, '-'], [/_/g, '/']];

function respelled(text: string, table: readonly [RegExp, string][]): string {
  return table.reduce((all, [pattern, plain]) => all.replace(pattern, plain), text);
}

/** Returns what is left of a text: join links below `joinBase` (`https://HOST/j`), one a line, each once, plainly spelled; nothing else. */
export function onlyJoinLinks(text: string, joinBase: string): string {
  const base = joinBase.replace(/\/+$/, '');
  const host = base.replace(/^[a-z]+:\/\//i, '');
  const pattern = new RegExp(`(?:^|[^a-z0-9.-])${host.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}/+(${id})(?![a-z0-9])`, 'gi');
  const plain = respelled(text, spellings);
  const found = new Set<string>();
  for (const spelling of [plain, respelled(plain, proofpoint)]) {
    for (const [, conference = ''] of spelling.matchAll(pattern)) found.add(conference.toLowerCase());
  }
  return [...found].map((each) => `${base}/${each}`).join('\n');
}
