import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useListeningWords } from '../listening-words.ts';
import { BARS, barsOf, keyStep } from './waveform-scale.ts';

/** The recording as a slider: seen, pressed, dragged, moved by keys and spoken. Time runs from left to right in every language. */
export function Waveform({ peaks, at, duration, seek }: { peaks: readonly number[]; at: number; duration: number; seek: (seconds: number) => void }) {
  const { listening: words } = useListeningWords();
  const place = useRef<HTMLDivElement>(null);
  const whole = Math.max(1, Math.round(duration));
  const share = duration > 0 ? Math.min(1, at / duration) : 0;
  const bars = barsOf(peaks);
  const drawing = bars.map((height, index) => <rect key={index} x={index * 4 + 1} y={20 - height * 18} width="2" height={Math.max(2, height * 36)} rx="1" />);

  function onKeyDown(event: KeyboardEvent): void {
    const next = keyStep(event.key, at, duration);
    if (next === undefined) return;
    event.preventDefault();
    seek(next);
  }

  function point(event: PointerEvent): void {
    const box = place.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return;
    seek(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * duration);
  }

  return (
    <div
      className="waveform" dir="ltr" role="slider" tabIndex={0} ref={place}
      aria-label={words.position} aria-valuemin={0} aria-valuemax={whole} aria-valuenow={Math.round(at)} aria-valuetext={words.positionOf(Math.round(at), whole)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        point(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && point(event)}
    >
      <svg viewBox={`0 0 ${BARS * 4} 40`} preserveAspectRatio="none" aria-hidden="true">{drawing}</svg>
      <svg className="past" viewBox={`0 0 ${BARS * 4} 40`} preserveAspectRatio="none" aria-hidden="true" style={{ clipPath: `inset(0 ${(1 - share) * 100}% 0 0)` }}>{drawing}</svg>
      <i style={{ left: `${share * 100}%` }} />
    </div>
  );
}
