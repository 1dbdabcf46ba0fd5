import { h } from '../dom.ts';
import type { AlertQuestion } from '../host/smart-alert.ts';
import type { Manifest } from '../manifest/types.ts';
import type { Modal } from './modal.ts';
import { showModal } from './modal.ts';
import type { Asked } from './send.ts';
import type { Words } from './words.ts';

/** Questions over the window, of which one can be open. */
export interface Questions {
  readonly open: AlertQuestion | null;
  /** A smart alert: what the add-in's send handler, or its silence, leads to. */
  smartAlert: (question: AlertQuestion) => Asked;
  /** Chooses for the user. Throws when no question is open, or it has no such button. */
  choose: (choice: 'send' | 'stay') => void;
  /** Resolves with the comment, or null when the meeting is kept. */
  cancelMeeting: () => Promise<string | null>;
  onAsked: (fn: (question: AlertQuestion) => void) => () => void;
  dismiss: () => void;
}

export function createQuestions({ parent, words, manifest, image }: { parent: HTMLElement; words: Words; manifest: Manifest; image: string }): Questions {
  let asked: { question: AlertQuestion; modal: Modal<'send' | 'stay'> } | null = null;
  const watchers = new Set<(question: AlertQuestion) => void>();

  function textOf({ reason, message }: AlertQuestion): string {
    if (message) return message;
    const texts = { refused: words.refusedText, unavailable: words.unavailableText, slow: words.slowText, timeout: words.timeoutText };
    return texts[reason](manifest.displayName);
  }

  function smartAlert(question: AlertQuestion): Asked {
    const stay = { label: question.cancelLabel || words.dontSend, choice: 'stay' as const };
    const buttons = question.canSendAnyway ? [{ label: words.sendAnyway, choice: 'send' as const, isMain: true }, stay] : [{ ...stay, isMain: true }];
    const modal = showModal(parent, { title: manifest.displayName, text: textOf(question), image, buttons });
    asked = { question, modal };
    for (const watcher of watchers) watcher(question);
    const clear = (): void => {
      if (asked?.modal === modal) asked = null;
    };
    return {
      answer: modal.answer.then((choice) => {
        clear();
        return choice;
      }),
      close() {
        clear();
        modal.close();
      },
    };
  }

  return {
    smartAlert,
    get open() { return asked?.question ?? null; },
    choose(choice) {
      if (!asked) throw new Error('Outlook asks nothing at the moment.');
      if (choice === 'send' && !asked.question.canSendAnyway) throw new Error('This question offers no Send Anyway.');
      const { modal } = asked;
      asked = null;
      modal.choose(choice);
    },
    async cancelMeeting() {
      const comment = h('textarea', { class: 'ol-comment', 'aria-label': words.cancelComment, placeholder: words.cancelComment, rows: 3 });
      const buttons = [{ label: words.sendCancellation, choice: true, isMain: true }, { label: words.keepMeeting, choice: false }];
      return (await showModal(parent, { title: words.cancelQuestion, text: words.cancelText, buttons, extra: comment }).answer) ? comment.value : null;
    },
    onAsked(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
    dismiss() {
      asked?.modal.close();
      asked = null;
    },
  };
}
