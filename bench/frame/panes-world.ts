import { sql } from 'kysely';
import { createDeeds } from '../../server/accounts/deeds/deeds.ts';
import { createGroups } from '../../server/accounts/groups/groups.ts';
import { createLines } from '../../server/accounts/lines/lines.ts';
import { createAccounts } from '../../server/accounts/people.ts';
import { createSettings } from '../../server/accounts/settings/settings.ts';
import { createCalendars } from '../../server/calendars/index.ts';
import { asteriskConfig, createAsterisk } from '../../server/connectors/asterisk/index.ts';
import { systemClock } from '../../server/ports/clock.ts';
import { silent } from '../../server/ports/log.ts';
import { availabilityFeature } from '../../server/wiring/availability.ts';
import { onlyAdmission } from '../../test/support/admission.ts';
import { openWeb, type Web } from '../../test/support/web.ts';
import { asteriskApart } from './asterisk-apart.ts';
import { openBenchStore } from './store.ts';

const tenant = 'default';
const [pbx, secret] = ['pbx', 'bench'];

/** A company with a phone each, whose states are looked at: feature, web, PostgreSQL and the connection to the phone system are the real ones. */
export interface PanesWorld {
  web: Web;
  /** Of the n-th person. */
  address(person: number): string;
  /** A token of somebody who looks; `p0` to `p<n>` for a person of the company. */
  token(viewer: string): Promise<string>;
  /** A person's do-not-disturb key, or their phone taken up. Resolves with the moment before the phone system told it, epoch ms of the machine. */
  press(person: number, key: 'do-not-disturb' | 'call', isOn: boolean): Promise<number>;
  close(): Promise<void>;
}

const extensionOf = (person: number): number => 1_000 + person;

/** Tokens name an object id; who it is stands in its end. */
const oidOf = (viewer: string): string => `aaaaaaaa-0000-4000-8000-${Buffer.from(viewer).toString('hex').padStart(12, '0').slice(-12)}`;

export async function openPanesWorld(people: number): Promise<PanesWorld> {
  const clock = systemClock();
  const { store, close } = await openBenchStore(clock);
  const standIn = await asteriskApart([{ name: 'tieline', secret, read: ['call', 'system'], write: ['call', 'reporting'] }]);
  const connector = createAsterisk({
    config: asteriskConfig.parse({ type: 'asterisk', instance: pbx, ami: { host: '127.0.0.1', port: standIn.amiPort, username: 'tieline', secretEnv: 'AMI_SECRET' }, agi: { port: 0 } }),
    clock, log: silent, admission: onlyAdmission({}), env: { AMI_SECRET: secret },
  });
  const at = new Date(clock.now());
  const all = sql`generate_series(0, ${people - 1}) as n`;
  await sql`insert into person (tenant_id, person_id, name, address, created_at, last_seen_at) select ${tenant}, 'p' || n, 'Person ' || n, 'p' || n || '@example.com', ${at}, ${at} from ${all}`.execute(store.db);
  await sql`insert into identity (tenant_id, kind, value, person_id, source, created_at) select ${tenant}, 'address', 'p' || n || '@example.com', 'p' || n, 'directory', ${at} from ${all}`.execute(store.db);
  await sql`insert into line (tenant_id, pbx_id, context, extension, name, devices, owner_id, owner_source, owner_since, created_at, updated_at)
    select ${tenant}, ${pbx}, 'default', (1000 + n)::text, 'Desk ' || n, jsonb_build_array('PJSIP/' || (1000 + n)), 'p' || n, 'administrator', ${at}, ${at}, ${at} from ${all}`.execute(store.db);
  // Every third is in a meeting: a long list of recipients stands in groups by their states.
  await sql`insert into availability_person (tenant_id, person_id, availability, face, why_source, why_rule, since, until, next_state, zone, looked_at)
    select ${tenant}, 'p' || n, case when n % 3 = 2 then 'busy' else 'available' end, case when n % 3 = 2 then 'meeting' else 'available' end, 'default', 'nothing-else', ${at}, null, null, 'Europe/Berlin', ${at} from ${all}`.execute(store.db);

  const parts = { clock, log: silent, store };
  const calendars = createCalendars({ ...parts, sources: [], gatherMs: 0, sweepMs: 3_600_000, effect: (_name, work) => work() });
  const feature = availabilityFeature({
    ...parts, accounts: createAccounts({ ...parts, calendars: [] }), lines: createLines({ ...parts, pbxs: [pbx], personByAddress: async () => null, templates: { number: null, address: null } }),
    calendars, deeds: createDeeds(parts), groups: createGroups(parts), settings: createSettings({ ...parts, live: store.live }), connectors: [connector], tenantId: tenant,
  });
  const web = await openWeb({
    settings: { requestsPerMinute: 1_000_000 },
    parts: {
      endpoints: feature.endpoints, snapshot: (person, topic) => feature.snapshot?.(person, topic) ?? Promise.resolve(undefined), onAnnouncement: (fn) => store.live.onAnnouncement(fn),
      personFor: async ({ objectId }) => ({ tenantId: tenant, personId: Buffer.from(objectId.slice(-12), 'hex').toString().replaceAll('\0', '') }),
    },
  });
  const stopListening = feature.listen?.();
  await connector.start();
  return {
    web,
    address: (person) => `p${person}@example.com`,
    token: (viewer) => web.authority.token({ oid: oidOf(viewer) }),
    press: (person, key, isOn) => standIn.say({ device: key === 'call' ? `PJSIP/${extensionOf(person)}` : `Custom:DND${extensionOf(person)}`, isInUse: isOn }),
    async close() {
      stopListening?.();
      await web.close();
      await connector.stop();
      await standIn.close();
      await close();
    },
  };
}
