import { officeCall } from './call.ts';

/** Size of the sign-in window, in percent of the screen. */
const SIZE = { height: 60, width: 30 };

/** Code of the event when a person closes the window. */
const CLOSED_BY_PERSON = 12006;

/** A dialog that was closed without an answer. */
export class DialogClosed extends Error {
  readonly code: number;

  constructor(code: number) {
    super(code === CLOSED_BY_PERSON ? 'the window was closed' : `the window could not stay open (${code})`);
    this.name = 'DialogClosed';
    this.code = code;
  }
}

/**
 * Opens a page of ours in a window and waits for the one message that it sends.
 *
 * @param url absolute, on the add-in's own origin.
 * @throws DialogClosed, OfficeFault.
 */
export async function askInDialog(url: string): Promise<string> {
  const dialog = await officeCall<Office.Dialog>('displayDialogAsync', (done) => Office.context.ui.displayDialogAsync(url, { ...SIZE, promptBeforeOpen: false }, done));
  return new Promise<string>((resolve, reject) => {
    dialog.addEventHandler(Office.EventType.DialogMessageReceived, (answer) => {
      dialog.close();
      if ('message' in answer) resolve(answer.message);
      else reject(new DialogClosed(answer.error));
    });
    dialog.addEventHandler(Office.EventType.DialogEventReceived, (answer) => {
      reject(new DialogClosed('error' in answer ? answer.error : 0));
    });
  });
}

/** From inside the dialog: sends the answer to the page that opened it. */
export function answerOpener(message: string): void {
  Office.context.ui.messageParent(message);
}
