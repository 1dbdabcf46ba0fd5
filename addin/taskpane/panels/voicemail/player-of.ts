import { useSyncExternalStore } from 'react';
import { voicemailTalk } from '../../../talk/voicemail.ts';
import type { Server } from '../../../talk/server.ts';
import { signal } from '../../frame/signal.ts';
import { createPlayer } from '../../sound/player.ts';
import type { Player, Playing } from '../../sound/player.ts';
import { openSource } from '../../sound/source.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { feedOf } from './feed.ts';
import { stateOf } from './shown.ts';

const players = new WeakMap<Server, Player>();

/** The one player of this pane: it outlives panels, so that sound goes on when item or tab change. */
export function playerOf(server: Server): Player {
  const known = players.get(server);
  if (known !== undefined) return known;
  const player = createPlayer({
    open: (id, end) => openSource(server.transport, id, end),
    audio: () => new Audio(),
    heard: (id) => markHeard(server, id),
    address: (file) => URL.createObjectURL(file),
    forget: (address) => URL.revokeObjectURL(address),
  });
  player.subscribe(() => signal({ sound: player.state().phase !== 'none' }));
  players.set(server, player);
  return player;
}

/** Only an unheard one: what was heard already is not written again. A failure is tried three times; then the message says itself that it is unheard. */
function markHeard(server: Server, id: string): void {
  const feed = feedOf(server);
  const { items, shared } = feed.state();
  const ofTeam = shared.find(({ voicemail }) => voicemail.id === id);
  const item = ofTeam?.voicemail ?? items?.find((each) => each.id === id);
  if (ofTeam?.team.access === 'listen' || (item !== undefined && stateOf(item) !== 'unheard')) return;
  voicemailTalk(server.transport).mark(id, true).then(feed.put, () => feed.again());
}

export function usePlayer(): { player: Player; playing: Playing } {
  const { server } = useSurroundings();
  const player = playerOf(server);
  return { player, playing: useSyncExternalStore(player.subscribe, player.state) };
}
