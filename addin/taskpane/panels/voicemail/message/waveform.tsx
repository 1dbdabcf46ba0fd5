import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useListeningWords } from '../listening-words.ts';

/** Bars that 260 px have room for, each with as much air beside it. */
const BARS = 64;
/** A silent second is seen, too. */
const LEAST = 0.06;

/** The loudest of each group, as loud as the loudest of all is high. */
export function barsOf(peaks: readonly number[]): number[] {
  const top = Math.max(...peaks, 0.01);
  return Array.from({ length: BARS }, (_bar, index) => {
    const [from, to] = [Math.floor((index * peaks.length) / BARS), Math.max(Math.floor(((index + 1) * peaks.length) / BARS), Math.floor((index * peaks.length) / BARS) + 1)];
    return Math.max(LEAST, Math.max(0, ...peaks.slice(from, to)) / top);
  });
}

/** Where a key leads, seconds; undefined for keys that mean nothing here (ux.md section 8: 1 s, Page keys 10 s, Home, End). */
export function keyStep(key: string, at: number, duration: number): number | undefined {
  const steps: Record<string, number> = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, PageUp: at + 10, PageDown: at - 10, Home: 0, End: duration };
  const next = steps[key];
  return next === undefined ? undefined : Math.min(duration, Math.max(0, next));
}

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
