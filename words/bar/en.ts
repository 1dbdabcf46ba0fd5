/**
 * Outlook's information bar: at most 150 characters each (a test counts). Where a message of the pane is too long for
 * it, its first sentence stands here with the remedy.
 */
export const en = {
  adding: 'Adding the conference…',
  added: 'Conference added. It becomes real when you send the invite.',
  current: 'The conference is in this invite already. Its text is up to date.',
  renewed: 'The conference text was brought up to date. Your own text was not touched.',
  unreachable: 'Tieline cannot be reached. Nothing was added to your invite. Try again, or write @conf in the location and the details follow after sending.',
  notAllowed: 'Your organisation has not allowed Tieline for your account yet. Open Tieline for a note to your administrator.',
  full: (characters: string) => `This invite is full. The conference needs ${characters} more characters. Remove a picture or an old quoted mail, then add again.`,
  foreign: (service: string) => `Conference added. This invite has a ${service} link too: guests would see two ways to join.`,
  locationFull: 'Conference added. The location line had no room for the link.',
  outlookRefused: 'Outlook did not let Tieline change this invite. Nothing was added. Open the invite again, or add from Tieline, which says what helps.',
  signIn: 'Sign in to Tieline first. Nothing was added to your invite. Open Tieline and sign in, then add again.',
};

export type BarWords = typeof en;
