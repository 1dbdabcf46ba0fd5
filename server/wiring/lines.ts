import { knownPeopleApi } from '../../contract/people/known-people.ts';
import { linesApi } from '../../contract/people/lines.ts';
import { knownPeopleHandlers } from '../accounts/directory/handlers.ts';
import { lineHandlers } from '../accounts/lines/handlers.ts';
import { createLines, type Lines } from '../accounts/lines/lines.ts';
import type { FoundLine } from '../accounts/lines/match.ts';
import type { VoicemailBox } from '../ports/voicemail-store.ts';
import { putWork } from '../store/work.ts';
import { bind } from '../web/endpoints.ts';
import { hour, type Feature, type World } from './feature.ts';

/** Phone lines and whose they are: several features ask for them. */
export function makeLines({ accounts, clock, config, connectors, store }: Pick<World, 'accounts' | 'clock' | 'config' | 'connectors' | 'store'>): Lines {
  return createLines({
    clock, store,
    pbxs: connectors.filter((each) => each.type === 'asterisk').map((each) => each.instance),
    personByAddress: (tenant, address) => accounts.personByAddress(tenant, address),
    templates: { number: config.lines.number ?? null, address: config.lines.ownerAddress ?? null },
  });
}

/** The line that a box stands for: its own extension, and the telephone of that name. */
export function lineOfVoicemailBox(instance: string, { box, name, address }: Pick<VoicemailBox, 'box' | 'name' | 'address'>): FoundLine {
  const [extension = box, context = 'default'] = box.split('@');
  return { pbx: instance, context, extension, name, devices: [`PJSIP/${extension}`], voicemailBox: box, boxAddress: address };
}

/** Their endpoints, and the questions to the directories about owners who were named and are not known. */
export function linesFeature({ accounts, clock, connectors, lines, store, tenantId }: World): Feature {
  const voicemails = connectors.flatMap((each) => each.voicemailStore ?? []);
  /** Owners are looked for, and whoever follows people's lines looks at them anew. */
  const wake = (tenant: string): Promise<void> => putWork(store.db, ...['lines.claims', 'availability.round'].map((kind) => ({ tenantId: tenant, kind, key: 'all', dueAt: clock.now() })));
  /** Whoever waited for an owner need not wait for its next round: what a caller leaves meanwhile is to be mailed now. */
  const ownersFound = (tenant: string): Promise<void> => putWork(store.db,
    { tenantId: tenant, kind: 'availability.round', key: 'all', dueAt: clock.now() },
    ...voicemails.map(({ instance }) => ({ tenantId: tenant, kind: 'voicemail.boxes', key: instance, dueAt: clock.now() })));

  // Whoever has another mailbox is to find their voicemail there.
  accounts.onLinked((tx, tenant, { was }) => (was.length === 0 ? Promise.resolve() : putWork(tx, ...voicemails.map(({ instance }) => ({ tenantId: tenant, kind: 'voicemail.boxes', key: instance, dueAt: clock.now() })))));

  /** Boxes of a phone system are lines that nobody listed: each extension has its own, with its owner's address where somebody wrote it down. */
  async function adopt(tenant: string, instance: string): Promise<void> {
    const store = voicemails.find((each) => each.instance === instance);
    if (!store) return;
    const found = (await store.boxes()).map((box) => lineOfVoicemailBox(instance, box));
    if ((await lines.adopt(tenant, found, new Map())) > 0) await wake(tenant);
  }

  return {
    endpoints: [...bind(linesApi, lineHandlers(lines, wake)), ...bind(knownPeopleApi, knownPeopleHandlers(store.db, accounts))],
    connectedWork: ['lines.adopt'],
    workHandlers: {
      'lines.adopt': async ({ tenantId: tenant, key }) => {
        await adopt(tenant, key);
        return { againAt: clock.now() + hour };
      },
      'lines.claims': async ({ tenantId: tenant }) => {
        const { asked, found } = await lines.resolveClaims(tenant);
        if (found > 0) await ownersFound(tenant);
        return { againAt: clock.now() + (asked > 0 ? 0 : hour) };
      },
    },
    async resume() {
      await wake(tenantId);
      for (const { instance } of voicemails) await putWork(store.db, { tenantId, kind: 'lines.adopt', key: instance, dueAt: clock.now() });
    },
  };
}
