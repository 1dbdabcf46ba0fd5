import { z } from 'zod';
import { conferenceId, instant } from './conference.ts';
import { endpoint } from '../endpoint.ts';
import { roomRoutes } from './room-routes.ts';

/** What a host or presenter may ask a bridge to do. */
export const roomDeed = z.enum(['mute', 'unmute', 'kick', 'lock', 'unlock', 'end', 'call']);

/** One bridge that serves the conference, with what it can do at all. */
const roomBridge = z.object({
  instance: z.string(),
  /** `phone` is dialled, `video` is opened in a browser. The two are two rooms. */
  kind: z.enum(['phone', 'video']),
  state: z.enum(['none', 'pending', 'agreed', 'closing', 'closed']),
  members: z.number().int(),
  /** False: it only knows how many are in, or that somebody is; nobody is listed. */
  listsPeople: z.boolean(),
  isLocked: z.boolean(),
  /** What this viewer may ask of it. */
  may: z.array(roomDeed),
  lastError: z.string().nullable(),
});

const personInRoom = z.object({
  bridge: z.string(),
  /** The bridge's name for this leg; given back for mute and kick. */
  leg: z.string(),
  /** What the caller's telephone or browser said: a stranger's text. */
  name: z.string(),
  number: z.string(),
  isHost: z.boolean(),
  isMuted: z.boolean(),
  joinedAt: instant.nullable(),
});

/** Something asked for and not forgotten yet: waiting, under way, ringing, done, refused, or of unknown outcome. */
const roomCommand = z.object({
  id: z.uuid(),
  bridge: z.string(),
  what: roomDeed,
  leg: z.string().nullable(),
  state: z.enum(['waiting', 'begun', 'ringing', 'done', 'failed', 'doubt']),
  /** Why it failed; the words are in words/. */
  problem: z.enum(['no-answer', 'unavailable', 'denied', 'gone', 'refused', 'busy-or-away', 'not-answered', 'too-late']).nullable(),
  askedAt: instant,
});

/** A caller who has a guest's code, whom nobody knows, and who waits to be let in. */
const knock = z.object({
  id: z.string(),
  bridge: z.string(),
  /** What their telephone says: a stranger's text, and perhaps nothing. */
  name: z.string(),
  number: z.string(),
  askedAt: instant,
});

export const roomView = z
  .object({
    conferenceId,
    role: z.enum(['host', 'presenter']),
    bridges: z.array(roomBridge),
    people: z.array(personInRoom),
    /** Who waits at the door, the first in front. Missing from servers that know no door. */
    knocks: z.array(knock).optional(),
    /** The last ones, newest first. */
    commands: z.array(roomCommand),
  })
  .meta({ id: 'Room' });

const one = z.object({ id: conferenceId });

export const roomApi = {
  room: endpoint({
    route: roomRoutes.room,
    summary: 'Who is in a conference, for its hosts and presenters',
    kind: 'read',
    params: one,
    query: z.object({}),
    body: z.object({}),
    response: z.object({ room: roomView }),
  }),
  command: endpoint({
    route: roomRoutes.command,
    summary: 'Mute, put out, lock, end, or call somebody in',
    kind: 'change',
    params: one,
    query: z.object({}),
    body: z.object({
      /** Made by the client once per press: the same id does it once. */
      id: z.uuid(),
      bridge: z.string().max(64),
      what: roomDeed,
      /** Whom, for mute, unmute and kick. */
      leg: z.string().min(1).max(256).optional(),
      /** For call: E.164, or an extension of the PBX. */
      number: z.string().max(20).optional(),
      /** For call: how the others see them. */
      name: z.string().max(80).optional(),
    }),
    response: z.object({ room: roomView }),
  }),
  answerKnock: endpoint({
    route: roomRoutes.answerKnock,
    summary: 'Let somebody in who waits at the door, or send them away',
    kind: 'change',
    params: z.object({ id: conferenceId, knock: z.string().max(64) }),
    query: z.object({}),
    body: z.object({ letIn: z.boolean() }),
    response: z.object({ room: roomView }),
  }),
};

export type RoomView = z.output<typeof roomView>;
export type RoomDeed = z.output<typeof roomDeed>;
export type RoomCommandRequest = z.input<typeof roomApi.command.body>;
export type RoomResponse = z.output<typeof roomApi.room.response>;
