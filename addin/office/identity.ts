import { officeCall } from './call.ts';
import { currentItem } from './item.ts';

/** What newer runtimes put beside `Office`; @types/office-js does not name it. */
declare const OfficeRuntime: { auth?: { getAccessToken: (options: object) => Promise<string> } } | undefined;

/**
 * An access token for our server from Office's single sign-on. Works without a window where the administrator consented.
 *
 * @param mayAsk a window may open; only after a person pressed something.
 */
export function officeToken(mayAsk: boolean): Promise<string> {
  const options = { allowSignInPrompt: mayAsk, allowConsentPrompt: mayAsk };
  // OfficeRuntime works in every runtime; Office.auth is blocked in event handlers of older builds.
  if (typeof OfficeRuntime !== 'undefined' && OfficeRuntime.auth !== undefined) return OfficeRuntime.auth.getAccessToken(options);
  const auth = Office.auth;
  if (auth === undefined) return Promise.reject(new Error('this Outlook has no single sign-on'));
  return auth.getAccessToken(options);
}

/** True for a mailbox on an Exchange server of one's own; only there Exchange still gives identity tokens. */
export function isOnPremises(): boolean {
  const mailbox = Office.context.mailbox;
  if (mailbox === undefined || mailbox === null) return false;
  const profile = mailbox.userProfile;
  return profile !== undefined && profile.accountType === 'enterprise';
}

/** The identity token of an on-premises Exchange; it names the mailbox and is checked by the server. */
export function exchangeToken(): Promise<string> {
  const mailbox = Office.context.mailbox;
  return officeCall<string>('getUserIdentityTokenAsync', function start(done) {
    mailbox.getUserIdentityTokenAsync(done);
  });
}

/** Address of the calendar's owner when somebody else's appointment is open (shared folder, delegate); undefined for one's own. */
export function sharedOwner(): Promise<string | undefined> {
  const item = currentItem();
  if (item === undefined || typeof item.getSharedPropertiesAsync !== 'function') return Promise.resolve(undefined);
  return officeCall<Office.SharedProperties>('getSharedPropertiesAsync', function start(done) {
    item.getSharedPropertiesAsync(done);
  }).then(
    function owner(shared) {
      return shared.owner;
    },
    function own() {
      // Fails in one's own calendar, and in Outlooks that cannot tell: then it is our own.
      return undefined;
    },
  );
}
