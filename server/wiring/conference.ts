import { conferenceApi } from '../../contract/conference/conference.ts';
import { outrightApi } from '../../contract/conference/outright.ts';
import { conferenceSettings } from '../../contract/conference/settings.ts';
import { reissueApi } from '../../contract/conference/reissue.ts';
import { roomApi } from '../../contract/conference/room.ts';
import type { Config } from '../config/schema.ts';
import type { ConferencePolicy } from '../features/conference/conference.ts';
import { createConferenceFeature, runEffect, type ConferenceFeature } from '../features/conference/index.ts';
import type { Templates } from '../features/templates/index.ts';
import type { Admission } from '../ports/admission.ts';
import { bind } from '../web/endpoints.ts';
import { bookingKeyword, keywordMailboxes } from './keyword.ts';
import { day, hour, minute, type Feature, type World } from './feature.ts';

/** Conferences in invites; also what the bridges ask, and who shows a send ticket. */
export function conferenceFeature({ accounts, calendars, clock, config, connectors, lines, log, settings, store, tenantId }: World, templates: Templates): Feature & { admission: Admission; verifyTicket: ConferenceFeature['verifyTicket'] } {
  const feature = createConferenceFeature({
    clock, log, store, live: store.live,
    bridges: connectors.flatMap((each) => each.conferenceBridge ?? []),
    calendars,
    ownerOfMailbox: (tenant, mailbox) => accounts.ownerOfMailbox(tenant, mailbox),
    keywordMailboxes: (tenant) => keywordMailboxes(accounts, config, log, tenant),
    keyword: bookingKeyword(config),
    mailSender: connectors.find((each) => each.mailSender)?.mailSender ?? null,
    mailboxOf: (tenant, personId) => accounts.mailboxOf(tenant, personId),
    addressesOf: (tenant, personId) => accounts.addressesOf(tenant, personId),
    async addressesOfCaller(tenant, instance, number) {
      const owner = await lines.ownerWith(tenant, instance, { extension: number });
      return owner === null ? [] : accounts.addressesOf(tenant, owner);
    },
    settingsOf: (tenant, personId) => settings.valuesOf(conferenceSettings, tenant, personId),
    fixedFor: (tenant, personId) => settings.lockedFor(conferenceSettings, tenant, personId),
    templatesOf: (tenant) => templates.offered(tenant),
    dressFor: (tenant, template) => templates.dressFor(tenant, template),
    personByAddress: (tenant, wanted) => accounts.personByAddress(tenant, wanted),
    pagesOf: { ics: (id) => `${joinBaseOf(config)}${id}/event.ics`, call: (id) => `${joinBaseOf(config)}${id}` },
    policy: policyOf(config), joinBase: joinBaseOf(config), languages: config.conference.languages, effect: runEffect,
  });
  return {
    endpoints: [...bind(conferenceApi, feature.handlers), ...bind(roomApi, feature.roomHandlers), ...bind(outrightApi, feature.outright), ...bind(reissueApi, feature.reissue)],
    settings: [{ declaration: conferenceSettings, check: (tenant, values) => feature.checkSettings(tenant, values) }],
    pages: feature.pages,
    workHandlers: feature.workHandlers,
    connectedWork: ['conference.bridge', 'conference.members', 'bridge.resync', 'room.command'],
    snapshot: (person, topic) => feature.snapshot(person.tenantId, person.personId, topic),
    listen: () => feature.listen(tenantId),
    resume: () => feature.resume(tenantId),
    admission: feature.admission(tenantId),
    verifyTicket: feature.verifyTicket,
  };
}

function joinBaseOf({ conference, publicUrl }: Config): string {
  return conference.joinBase ?? `${publicUrl}/j/`;
}

function policyOf({ conference }: Config): ConferencePolicy {
  return {
    opensBeforeMs: conference.opensBeforeMinutes * minute,
    closesAfterMs: conference.closesAfterMinutes * minute,
    asksForUnknownCallers: conference.unknownCallers === 'ask',
    holdMs: conference.holdHours * hour,
    confirmMs: conference.confirmMinutes * minute,
    restoreMs: conference.restoreDays * day,
    codeRestMs: conference.codeRestDays * day,
    codeDigits: conference.codeDigits,
    maxMembers: conference.maxMembers,
    rereadMs: conference.rereadHours * hour,
    ticketMs: conference.ticketDays * day,
  };
}
