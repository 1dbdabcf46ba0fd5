/**
 * Live topics. `GET /api/v1/live?topic=conference:<id>&topic=conferences` is a server-sent event stream; each event is the topic's whole state
 * (`event: state`, `data: {"topic", "state"}`), never a difference. A stream opens, and reopens, with a snapshot of every topic. `: ` lines every 15 s keep it open.
 * `&ends=<0 to 25>`: the answer ends after so many seconds or with the first change, for clients behind a proxy that hands on only what has ended.
 * `settings-<feature>` and `settings-<feature>:all` both show the viewer's own settings: the first changes when they do, the second when those of the organisation or of a group do.
 * `voicemail`: the viewer's own, newest first. `team-voicemail`: that of the boxes that the viewer shares, newest first, with who looks after each. `calls`: those that the viewer began here within the last hour, newest first.
 * `voicemail-in-the-way` and `voicemail-in-the-way:all` both show why the viewer's mail and voicemail are not in step: the first changes when something of the viewer's boxes does, the second when a phone system went away or came back.
 * `availability:<person id>`: what that person is, with what comes next; a stream may ask for as many people as a mail has in view.
 * `when-free`: whom the viewer waits for, and since when they are free.
 * A topic that this version does not know is told as null beside others, and is 404 alone.
 */
import type { AvailabilityView, WaitedFor } from './availability/availability.ts';
import type { CallView } from './people/calls.ts';
import type { ConferenceView } from './conference/conference.ts';
import type { SettingsView } from './account/settings.ts';
import type { RoomView } from './conference/room.ts';
import type { SharedVoicemail } from './voicemail/team.ts';
import type { VoicemailInTheWay, VoicemailView } from './voicemail/voicemail.ts';

export const liveRoute = { method: 'GET', path: '/api/v1/live', who: ['user'] } as const;

export interface LiveState {
  topic: string;
  /** Null when the thing is gone or was never there for this viewer. */
  state: AvailabilityView | CallView[] | ConferenceView | ConferenceView[] | RoomView | SettingsView | SharedVoicemail[] | VoicemailView[] | { inTheWay: VoicemailInTheWay[] } | WaitedFor[] | null;
}
