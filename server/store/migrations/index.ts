import { foundation } from './0001-foundation.ts';
import { conference } from './0002-conference.ts';
import { conferenceLookup } from './0003-conference-lookup.ts';
import { conferenceChoices } from './0010-conference-choices.ts';
import { groups } from './0011-groups.ts';
import { standingRooms } from './0012-standing-rooms.ts';
import { templates } from './0013-templates.ts';
import { conferenceBridges } from './0016-conference-bridges.ts';
import { conferenceRoom } from './0017-conference-room.ts';
import { calendars } from './0020-calendars.ts';
import { conferenceCopies } from './0021-conference-copies.ts';
import { lease } from './0022-lease.ts';
import { eventModified } from './0023-event-modified.ts';
import { webSession } from './0025-web-session.ts';
import { outright } from './0026-outright.ts';
import { conferenceVisit } from './0027-conference-visit.ts';
import { exchangeLink } from './0028-exchange-link.ts';
import { voicemail } from './0030-voicemail.ts';
import { voicemailBoxKnown } from './0031-voicemail-box-known.ts';
import { voicemailForward } from './0032-voicemail-forward.ts';
import { voicemailBegun } from './0033-voicemail-begun.ts';
import { playedMessages } from './0036-played-messages.ts';
import { voicemailNotice } from './0040-voicemail-notice.ts';
import { voicemailTranscript } from './0041-voicemail-transcript.ts';
import { voicemailFolder } from './0046-voicemail-folder.ts';
import { voicemailTeam } from './0042-voicemail-team.ts';
import { lines } from './0050-lines.ts';
import { availability } from './0051-availability.ts';
import { callDots } from './0052-call-dots.ts';
import { phoneCalls } from './0053-phone-calls.ts';
import { availabilityWish } from './0054-availability-wish.ts';
import { whenFree } from './0064-when-free.ts';
import { elsewhere } from './0055-elsewhere.ts';
import { workOfAKind } from './0056-work-of-a-kind.ts';
import { lineByExtension } from './0057-line-by-extension.ts';
import { reissue } from './0060-reissue.ts';
import { conferenceKnock } from './0061-conference-knock.ts';
import { reissueMove } from './0062-reissue-move.ts';
import { adminDeed } from './0070-admin-deed.ts';
import { availabilityReplay } from './0071-availability-replay.ts';
import { operations } from './0072-operations.ts';
import type { Migration } from './migration.ts';

/** In order. New ones go to the end. */
export const migrations: readonly Migration[] = [
  foundation,
  conference,
  conferenceLookup,
  conferenceChoices,
  groups,
  standingRooms,
  templates,
  conferenceBridges,
  conferenceRoom,
  calendars,
  conferenceCopies,
  lease,
  eventModified,
  webSession,
  outright,
  conferenceVisit,
  lines,
  voicemail,
  availability,
  callDots,
  voicemailBoxKnown,
  voicemailForward,
  reissue,
  phoneCalls,
  playedMessages,
  voicemailBegun,
  voicemailNotice,
  adminDeed,
  availabilityReplay,
  availabilityWish,
  exchangeLink,
  operations,
  voicemailTranscript,
  voicemailTeam,
  conferenceKnock,
  reissueMove,
  elsewhere,
  whenFree,
  workOfAKind,
  voicemailFolder,
  lineByExtension,
];
