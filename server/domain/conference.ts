/** Nouns of a conference that the feature, the bridges and the doors share. */

/** What somebody may do in a conference. */
export type ConferenceRole = 'host' | 'presenter' | 'guest';

/** Where a conference stands. `held`: reserved, nothing on the bridge. See features/conference/machine.ts for every way from one to another. */
export type ConferenceState = 'held' | 'scheduled' | 'live' | 'ended' | 'expired' | 'cancelled';

/** 128 random bits as 26 lower-case base32 characters (RFC 4648 alphabet). An identifier, not a secret. */
export const conferenceIdPattern = /^[a-z2-7]{26}$/;
