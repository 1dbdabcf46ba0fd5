/**
 * Puts what is heard to work one after the other, so that the newest word stands in the end; of several about one thing that wait, only the newest is
 * put to work: a phone that flaps a hundred times a second costs no more than the database gives.
 */
export function createEar<Word>(keyOf: (word: Word) => string, work: (word: Word) => Promise<void>, onFailure: (word: Word, error: unknown) => void): (word: Word) => void {
  const waiting = new Map<string, Word>();
  let isWorking = false;

  async function workOff(): Promise<void> {
    isWorking = true;
    for (let next = waiting.entries().next(); !next.done; next = waiting.entries().next()) {
      const [key, word] = next.value;
      waiting.delete(key);
      await work(word).catch((error: unknown) => onFailure(word, error));
    }
    isWorking = false;
  }

  return (word) => {
    const key = keyOf(word);
    // To the end of the line: what is newer is told later.
    waiting.delete(key);
    waiting.set(key, word);
    if (!isWorking) void workOff();
  };
}
