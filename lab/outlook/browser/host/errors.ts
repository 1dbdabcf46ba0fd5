/** A refusal that office.js turns into a failed AsyncResult; names and texts to the codes are its own (outlook_strings.js). */
export class HostError extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`Office error ${code}`);
    this.name = 'HostError';
    this.code = code;
  }
}

/** Office error codes that this host gives. */
export const errorCode = {
  notSupported: 5000,
  internal: 5001,
  attachmentTooLarge: 9000,
  invalidAttachmentId: 9003,
  noSuchAttachment: 9008,
  invalidEnd: 9010,
  tooManyRecipients: 9012,
  accessRestricted: 9017,
  token: 9018,
  settings: 9019,
  generic: 9020,
  saving: 9021,
  duplicateNotification: 9023,
  noSuchNotification: 9024,
  tooManyNotifications: 9025,
  invalidParameter: 9031,
  recurrenceOnInstance: 9033,
  invalidRecurrence: 9034,
  invalidTimeZone: 9037,
  invalidCategory: 9044,
  duplicateCategory: 9045,
  notSaved: 9046,
  noItem: 9049,
  noSuchKey: 9050,
  sessionDataTooLong: 9051,
  dialogOpen: 12007,
  dialogClosed: 12006,
  functionNotFound: 11101,
  notSignedIn: 13001,
} as const;
