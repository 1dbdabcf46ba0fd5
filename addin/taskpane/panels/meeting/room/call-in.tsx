import { useState } from 'react';
import type { RoomWords } from '../../../../../words/room.ts';
import { Button } from '../../../parts/button.tsx';
import { dialled } from './dialled.ts';
import type { Room } from './use-room.ts';

/** As wide as its form, its border taken in: what a browser gives twenty letters does not fit beside large text. */
const asWide = { boxSizing: 'border-box', width: '100%' } as const;

/** Calls somebody into the room. */
export function CallIn({ bridge, command, words }: { bridge: string; command: Room['command']; words: RoomWords }) {
  const [number, setNumber] = useState('');
  const wanted = dialled(number);
  return (
    <form
      className="section"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted === '') return;
        command({ bridge, what: 'call', number: wanted });
        setNumber('');
      }}
    >
      <label htmlFor="call-number">
        <b>{words.call.title}</b>
      </label>
      <input id="call-number" className="pick" style={asWide} type="tel" dir="ltr" autoComplete="off" value={number} aria-describedby="call-hint" onChange={({ target }) => setNumber(target.value)} />
      <small id="call-hint" className="quiet">
        {words.call.hint}
      </small>
      <Button type="submit" disabledFocusable={wanted === ''}>
        {words.call.do}
      </Button>
    </form>
  );
}
