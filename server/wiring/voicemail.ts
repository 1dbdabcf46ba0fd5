import { randomUUID } from 'node:crypto';
import { voicemailApi } from '../../contract/voicemail/voicemail.ts';
import { voicemailAudio, voicemailSoundApi } from '../../contract/voicemail/sound.ts';
import { voicemailTeamApi } from '../../contract/voicemail/team.ts';
import { voicemailTranscriptApi } from '../../contract/voicemail/transcript.ts';
import { voicemailSettings } from '../../contract/voicemail/settings.ts';
import type { AvailabilityFeature } from '../features/availability/index.ts';
import type { BoxOwners } from '../features/voicemail/boxes.ts';
import type { MailNotifier } from '../ports/mail-notifier.ts';
import type { MailPerson } from '../ports/mail-sender.ts';
import { composeMail, createJournal, createVoicemailFeature, defaultTimes, followed, putNotices, putTranscriptions, runEffect, type VoicemailFeature } from '../features/voicemail/index.ts';
import { putWork } from '../store/work.ts';
import { createLagKeeper } from '../sync/lag.ts';
import { bindBytes } from '../web/bytes.ts';
import { bind } from '../web/endpoints.ts';
import { hour, type Feature, type World } from './feature.ts';
import { lineOfVoicemailBox } from './lines.ts';
import { checkFolder } from './voicemail-folder.ts';
import { checkNotices } from './voicemail-notices.ts';

/** Voicemail and mail in step. `availability` asks for the zones of mailboxes, and may not be asked from another feature's folder. */
export function voicemailFeature(world: World, availability: Pick<AvailabilityFeature, 'askZone'>): Feature & Pick<VoicemailFeature, 'handlers' | 'messageFor' | 'transcripts' | 'team'> {
  const { clock, config, connectors, log, settings, store, tenantId } = world;
  const voicemails = connectors.flatMap((each) => each.voicemailStore ?? []);
  const host = new URL(config.publicUrl).hostname;
  // An address of a machine is no right side of a Message-ID.
  const domain = /[a-z]/i.test(host) && host.includes('.') ? host : 'tieline.local';
  const fromAddress = config.voicemail.from ?? `voicemail@${domain}`;
  const sender = connectors.find((each) => each.mailSender)?.mailSender;
  const transcriber = connectors.find((each) => each.transcriber)?.transcriber;
  const feature = createVoicemailFeature(
    {
      clock, log, voicemails, mails: connectors.flatMap((each) => each.mailStore ?? []), lag: createLagKeeper(), messageDomain: domain, newId: randomUUID, effect: runEffect,
      journal: createJournal(store, store.live.announce, async (tx, tenant, pairIds) => {
        if (sender) await putNotices(tx, tenant, pairIds, clock.now());
        if (transcriber) await putTranscriptions(tx, tenant, pairIds, clock.now());
      }),
      policyOf: async (tenant, personId) => followed(await settings.valuesOf(voicemailSettings, tenant, personId)),
      zoneOf: (tenant, personId) => availability.askZone(tenant, personId, () => mailboxOf(world, tenant, personId)),
      mailboxOf: (tenant, personId) => mailboxOf(world, tenant, personId),
      notifierOf: (tenant, personId) => notifierOf(world, tenant, personId),
      colleague: async (tenant, address) => {
        const person = await world.accounts.personByAddress(tenant, address);
        return person && { personId: person.personId, name: person.name };
      },
      isAway: (pbx) => world.away.isAway(pbx),
      onAway: (fn) => world.away.onTurn((instance) => voicemails.some((each) => each.instance === instance) && fn()),
      ownerOf: (tenant, pbx, extension) => world.lines.ownerWith(tenant, pbx, { extension }),
      compose: (pair, policy, missing, noticeFor) => composeMail(pair, policy, { fromAddress, pageBase: `${config.publicUrl.replace(/\/$/, '')}/voicemail/` }, missing, noticeFor),
      nameOf: async (tenant, personId) => (await world.accounts.person(tenant, personId))?.name ?? '',
      ...(transcriber ? { transcriber } : {}),
      ...(sender ? { notices: { sender, nameOf: async (tenant: string, personId: string) => (await world.accounts.person(tenant, personId))?.name ?? '' } } : {}),
      times: { ...defaultTimes, sweepMs: config.voicemail.sweepHours * hour },
    },
    store,
    boxOwners(world),
  );
  return {
    handlers: feature.handlers,
    transcripts: feature.transcripts,
    team: feature.team,
    endpoints: [...bind(voicemailApi, feature.handlers), ...bind(voicemailSoundApi, feature.sound.handlers), ...bind(voicemailTranscriptApi, feature.transcripts), ...bind(voicemailTeamApi, feature.team)],
    bytes: [bindBytes(voicemailAudio, feature.sound.audio)],
    snapshot: (person, topic) => feature.snapshot(person.tenantId, person.personId, topic),
    settings: [{ declaration: voicemailSettings, check: async (tenant, values, layer) => {
      checkFolder(world, values);
      await checkNotices(world, tenant, values, layer);
    } }],
    workHandlers: feature.workHandlers,
    // Without the connection a phone system can do nothing, and a round would decide by that.
    connectedWork: ['voicemail.sync', 'voicemail.boxes', 'voicemail.forward'],
    listen: () => feature.listen(tenantId),
    resume: () => feature.resume(tenantId),
    lags: () => feature.lag.read(clock.now()),
    messageFor: feature.messageFor,
  };
}

/** Where a person's mail is: their calendar's mailbox where that system has mail too, else the first mail system that knows their address. */
async function mailboxOf({ accounts, connectors }: World, tenantId: string, personId: string): Promise<{ instance: string; id: string } | null> {
  const mails = connectors.flatMap((each) => each.mailStore ?? []);
  const linked = await accounts.mailboxOf(tenantId, personId);
  if (linked && mails.some(({ instance }) => instance === linked.instance)) return linked;
  const person = await accounts.person(tenantId, personId);
  if (!person?.address) return null;
  for (const mail of mails) {
    const found = await mail.findMailbox(person.address);
    if (found) return { instance: found.instance, id: found.id };
  }
  return null;
}

/** The first connector that sends, to the address by which a person is known. */
async function notifierOf({ accounts, connectors }: World, tenantId: string, personId: string): Promise<{ port: MailNotifier; to: MailPerson } | null> {
  const port = connectors.find((each) => each.mailNotifier)?.mailNotifier;
  if (!port) return null;
  const person = await accounts.person(tenantId, personId);
  return person?.address ? { port, to: { name: person.name, address: person.address } } : null;
}

/** By the phone lines. A box on no line becomes one, so that an administrator sees it and its owner can be found. */
function boxOwners({ clock, lines, store }: World): BoxOwners {
  return {
    async ownersOf(tenantId, instance, boxes) {
      const known = new Set((await lines.all(tenantId)).flatMap((line) => (line.pbx === instance && line.voicemailBox !== null ? [line.voicemailBox] : [])));
      const fresh = boxes.filter(({ box }) => !known.has(box));
      await lines.adopt(tenantId, fresh.map((box) => lineOfVoicemailBox(instance, box)), new Map());
      if (fresh.length > 0) await putWork(store.db, { tenantId, kind: 'lines.claims', key: 'all', dueAt: clock.now() });
      const owners = new Map<string, string>();
      const doubtful = new Set<string>();
      for (const { pbx, voicemailBox: box, owner } of await lines.all(tenantId)) {
        if (pbx !== instance || box === null || !owner) continue;
        // Two lines of two people on one box: a question for an administrator, never a guess.
        if (owners.has(box) && owners.get(box) !== owner.personId) doubtful.add(box);
        owners.set(box, owner.personId);
      }
      for (const box of doubtful) owners.delete(box);
      return owners;
    },
  };
}
