import type { TranscriptView } from '../../../../../contract/voicemail/transcript.ts';
import { useListeningWords } from '../listening-words.ts';
import { partsOf, surenessOf } from './transcript-parts.ts';
import type { TranscriptPart } from './transcript-parts.ts';

/** What was said, with unsure words dotted and the numbers in it as buttons that call back; or why there is none. */
export function Transcript({ transcript, call }: { transcript: TranscriptView | undefined; call: (number: string) => void }) {
  const { listening: words } = useListeningWords();
  const { state = 'off', problem = null, pieces = [], language = null } = transcript ?? {};
  const sure = surenessOf(pieces);
  const parts = transcript === undefined ? [] : partsOf(transcript);
  return (
    <section className="section">
      <div className="heading">
        <h3>{words.said}</h3>
        {sure === undefined ? null : <span className="badge">{words.sure(sure)}</span>}
      </div>
      {parts.length > 0 ? (
        <>
          <p dir="auto" lang={language ?? undefined}>
            {parts.flatMap((part, index) => [<Piece key={index} part={part} call={call} />, ' '])}
          </p>
          <p className="quiet">{words.written}</p>
        </>
      ) : (
        <p className="quiet" role="status">{state === 'waiting' ? words.isWritten : state === 'failed' ? words.unwritten[problem ?? 'unavailable'] : words.notWritten}</p>
      )}
    </section>
  );
}

function Piece({ part: { text, isUnsure, number }, call }: { part: TranscriptPart; call: (number: string) => void }) {
  const { listening: words } = useListeningWords();
  const doubt = isUnsure ? <span className="unseen"> {words.unsure}</span> : null;
  const look = isUnsure ? 'unsure' : undefined;
  if (number === undefined) return <span className={look}>{text}{doubt}</span>;
  return (
    <button type="button" className="link" title={words.callNumber(number)} onClick={() => call(number)}>
      <bdi dir="ltr" className={look}>{text}</bdi>{doubt}
    </button>
  );
}
