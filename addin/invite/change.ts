import type { ChangeRequest, ConferenceView } from '../../contract/conference/conference.ts';
import type { Client } from '../talk/client.ts';
import type { InInvite, Trouble } from './outcome.ts';
import { troubleOf } from './trouble.ts';

/** What somebody wants to be otherwise, without the version that they saw. */
export type Change = Omit<ChangeRequest, 'version'>;

/** What each wish is about, as the conference shows it. */
const shownAs: Record<keyof Change, (conference: ConferenceView) => unknown> = {
  language: ({ language }) => language,
  lobby: ({ lobby }) => lobby,
  bridge: ({ bridge }) => bridge.instance,
  roles: ({ roles }) => roles,
  countries: ({ countries }) => countries,
  template: ({ template }) => template,
  newPasscode: ({ passcode }) => passcode,
  newHostCode: ({ hostCode }) => hostCode,
};

/**
 * May a wish that was made for `seen` be asked of `fresh` as well? Field by field: yes, unless something that it is about was changed meanwhile, for then somebody else's word would be
 * overwritten unseen.
 */
export function stillFits(change: Change, seen: ConferenceView, fresh: ConferenceView): boolean {
  return Object.entries(shownAs).every(([field, read]) => change[field as keyof Change] === undefined || JSON.stringify(read(seen)) === JSON.stringify(read(fresh)));
}

/**
 * Changes a conference. When it is no longer what was shown (the calendar was changed, another pane was faster), the newest state is read, and the wish is asked of that one, once, if it still fits.
 * Gives the newest state in any case; `trouble` says that the wish is not in it. Throws what the server or the line throws.
 */
export async function changeConference(client: Pick<Client, 'change' | 'read'>, seen: ConferenceView, change: Change): Promise<{ invite: InInvite; trouble: Trouble | undefined }> {
  for (let version = seen.version, isLast = false; ; isLast = true) {
    try {
      return { invite: await client.change(seen.id, { ...change, version }), trouble: undefined };
    } catch (fault) {
      const trouble = troubleOf(fault);
      if (trouble.kind !== 'changed-elsewhere') throw fault;
      const invite = await client.read(seen.id);
      if (isLast || !stillFits(change, seen, invite.conference)) return { invite, trouble };
      version = invite.conference.version;
    }
  }
}
