/** What happened, in the past tense: how features hear of each other. Written in the same transaction as the change. */
export type DomainEvent =
  | { name: 'conference.held'; conferenceId: string }
  | { name: 'conference.scheduled'; conferenceId: string }
  | { name: 'conference.changed'; conferenceId: string }
  | { name: 'conference.started'; conferenceId: string }
  | { name: 'conference.ended'; conferenceId: string }
  | { name: 'conference.expired'; conferenceId: string }
  | { name: 'conference.cancelled'; conferenceId: string }
  | { name: 'conference.restored'; conferenceId: string };
