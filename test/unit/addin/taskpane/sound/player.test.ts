import assert from 'node:assert/strict';
import { partAt, partsOf } from '../../../../../addin/taskpane/sound/parts.ts';
import { createPlayer } from '../../../../../addin/taskpane/sound/player.ts';
import type { Player, Playing, Sounding } from '../../../../../addin/taskpane/sound/player.ts';
import type { Source } from '../../../../../addin/taskpane/sound/source.ts';

/** An audio element whose time only a test moves. */
class FakeAudio extends EventTarget implements Sounding {
  src = '';
  currentTime = 0;
  duration = Number.NaN;
  playbackRate = 1;
  volume = 1;
  preservesPitch = false;
  preload: '' | 'none' | 'metadata' | 'auto' = '';
  isPlaying = false;
  refuses: string | undefined;
  async play(): Promise<void> {
    if (this.refuses !== undefined) throw new DOMException('no', this.refuses);
    this.isPlaying = true;
  }
  pause(): void {
    this.isPlaying = false;
  }
  /** Sounds until that second of its file, as an element reports it. */
  runTo(seconds: number): void {
    for (let at = this.currentTime + 0.25; at <= seconds + 0.001; at += 0.25) {
      this.currentTime = at;
      this.dispatchEvent(new Event('timeupdate'));
    }
  }
  end(): void {
    this.isPlaying = false;
    this.dispatchEvent(new Event('ended'));
  }
}

/** 100 s of 8-bit sound: 8 s, 32 s, 32 s, 28 s. */
const parts = partsOf({ dataBytes: 800_000, bytesPerSecond: 8_000, blockAlign: 1 });

describe('the player', () => {
  let elements: FakeAudio[];
  let player: Player;
  let heard: string[];
  let fetched: number[];
  let isAway: boolean;
  let opening: Promise<unknown>;

  beforeEach(() => {
    [elements, heard, fetched, isAway, opening] = [[], [], [], false, Promise.resolve()];
    const source: Source = {
      durationSeconds: 100, parts,
      async file(part) {
        fetched.push(part.index);
        if (isAway) throw new Error('away');
        return new Blob([String(part.index)]);
      },
    };
    player = createPlayer({
      open: async () => {
        await opening;
        return source;
      },
      audio() {
        const element = new FakeAudio();
        elements.push(element);
        return element;
      },
      heard: (id) => heard.push(id), address: () => `blob:${fetched.at(-1)}`, forget: () => undefined,
    });
  });

  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  const shows = (): Pick<Playing, 'phase' | 'at'> => ({ phase: player.state().phase, at: player.state().at });
  const sounding = (): FakeAudio => elements.find(({ isPlaying }) => isPlaying) ?? assert.fail('nothing sounds');

  async function playing(): Promise<void> {
    player.play('a');
    await settle();
    assert.equal(player.state().phase, 'playing');
    elements.forEach((each) => (each.isPlaying = each.isPlaying && each.src === 'blob:0'));
  }

  it('plays nothing by itself, then part after part to the end, the next one always ready', async () => {
    assert.equal(player.state().phase, 'none');
    await playing();
    assert.deepEqual([player.state().duration, fetched], [100, [0, 1]]);
    for (const part of parts) {
      sounding().runTo(part.endsAt - part.startsAt);
      sounding().end();
      await settle();
    }
    assert.deepEqual([shows(), fetched], [{ phase: 'ended', at: 100 }, [0, 1, 2, 3]]);
  });

  it('counts as heard after two seconds of listening, once; not for a seek, and not before', async () => {
    await playing();
    sounding().runTo(1.75);
    player.seek(7);
    sounding().dispatchEvent(new Event('timeupdate'));
    assert.deepEqual(heard, []);
    sounding().runTo(7.75);
    assert.deepEqual(heard, ['a']);
    player.seek(0);
    sounding().runTo(4);
    assert.deepEqual(heard, ['a']);
  });

  it('a message that is shorter than two seconds is heard at its end', async () => {
    await playing();
    elements.forEach((each) => (each.isPlaying = each === sounding()));
    player.seek(99.5);
    await settle();
    elements[0]?.end();
    assert.deepEqual([heard, player.state().phase], [['a'], 'ended']);
  });

  it('seeks within a part without fetching, into another by fetching that one alone, and goes on playing', async () => {
    await playing();
    player.seek(5);
    assert.deepEqual([shows(), elements[0]?.currentTime, fetched], [{ phase: 'playing', at: 5 }, 5, [0, 1]]);
    player.seek(80);
    await settle();
    assert.deepEqual([shows(), elements[0]?.currentTime], [{ phase: 'playing', at: 80 }, 8]);
    assert.deepEqual(fetched, [0, 1, 3]);
    player.seek(1_000);
    player.seek(-3);
    await settle();
    assert.equal(player.state().at, 0);
  });

  it('pauses, seeks while it pauses without a sound, and goes on from there', async () => {
    await playing();
    player.pause();
    player.seek(50);
    await settle();
    assert.deepEqual([shows(), elements.some(({ isPlaying }) => isPlaying)], [{ phase: 'paused', at: 50 }, false]);
    player.play('a');
    await settle();
    assert.deepEqual([shows(), elements[0]?.currentTime], [{ phase: 'playing', at: 50 }, 10]);
  });

  it('a pause while it is fetched keeps it silent', async () => {
    let arrive = (_value?: unknown): void => undefined;
    opening = new Promise((resolve) => (arrive = resolve));
    player.play('a');
    player.pause();
    arrive();
    await settle();
    assert.deepEqual([player.state().phase, fetched], ['paused', []]);
  });

  it('keeps pitch and speed in both elements, and the next message', async () => {
    await playing();
    player.setRate(1.5);
    player.setVolume(0.4);
    player.play('b');
    await settle();
    assert.deepEqual(elements.map(({ playbackRate, volume, preservesPitch }) => [playbackRate, volume, preservesPitch]), [[1.5, 0.4, true], [1.5, 0.4, true]]);
    assert.deepEqual([player.state().id, player.state().at], ['b', 0]);
  });

  it('a part that cannot be fetched ends in a failure that can be tried again', async () => {
    await playing();
    isAway = true;
    player.seek(80);
    await settle();
    assert.equal(player.state().phase, 'failed');
    isAway = false;
    player.play('a');
    await settle();
    assert.deepEqual(shows(), { phase: 'playing', at: 80 });
  });

  it('what the browser cannot play says so; what it wants another press for is only a pause', async () => {
    await playing();
    sounding().dispatchEvent(new Event('error'));
    assert.equal(player.state().phase, 'failed');
    player.close();
    elements.forEach((each) => (each.refuses = 'NotAllowedError'));
    player.play('a');
    await settle();
    assert.equal(player.state().phase, 'paused');
  });

  it('closed, nothing sounds and what still arrives is dropped', async () => {
    let arrive = (_value?: unknown): void => undefined;
    opening = new Promise((resolve) => (arrive = resolve));
    player.play('a');
    player.close();
    arrive();
    await settle();
    assert.deepEqual([player.state().id, fetched], [undefined, []]);
  });
});

describe('parts of a recording', () => {
  it('cover every byte once, at whole samples, the first one short', () => {
    for (const [dataBytes, bytesPerSecond, blockAlign] of [[9_600_000, 16_000, 2], [480_001, 8_000, 1], [1, 8_000, 1], [57_600_000, 16_000, 2], [1_000_002, 44_100 * 4, 4]] as const) {
      const cut = partsOf({ dataBytes, bytesPerSecond, blockAlign });
      assert.equal(cut[0]?.from, 0);
      assert.equal(cut.at(-1)?.to, dataBytes);
      for (const [index, part] of cut.entries()) {
        assert.equal(part.from % blockAlign, 0);
        if (index > 0) assert.equal(part.from, cut[index - 1]?.to);
      }
      assert.ok((cut[0]?.endsAt ?? 99) <= 8);
    }
    assert.deepEqual(partsOf({ dataBytes: 0, bytesPerSecond: 8_000, blockAlign: 1 }), []);
  });
  it('are found by the second; after the end it is the last', () => {
    assert.deepEqual([0, 7.99, 8, 39, 40, 99.9, 100, 5_000].map((at) => partAt(parts, at)?.index), [0, 0, 1, 1, 2, 3, 3, 3]);
    assert.equal(partAt([], 0), undefined);
  });
});
