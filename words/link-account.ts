/** What the pane says to somebody on an Exchange server of one's own who is there for the first time. */
const en = {
  title: 'Show once that this mailbox is yours',
  text: (address: string) => `Exchange knows you, but does not say your address. Tieline mails a code to ${address}; after that it knows you for good.`,
  send: 'Send code',
  sentTitle: 'Type the code from your inbox',
  sentText: (address: string) => `The mail has gone to ${address}. The code is good for 15 minutes.`,
  label: 'Code, eight digits',
  link: 'Link account',
  again: 'Send another code',
  waitTitle: 'Your administrator links your account',
  waitText: (address: string) => `This Tieline sends no mail, so an administrator has to say that ${address} is you. Tell them, then look again.`,
  look: 'Look again',
  faults: {
    'exchange-code-wrong': { lead: 'That is not the code.', text: 'Type the eight digits of the newest mail.' },
    'exchange-code-over': { lead: 'This code is not good any more.', text: 'Send another one.' },
    'exchange-code-later': { lead: 'A code is on its way already, or too many were sent today.', text: 'Look into your inbox, and send another one in a minute. After five a day your administrator can help.' },
    'exchange-address-taken': { lead: 'Somebody else is known by this address.', text: 'Your administrator must decide whose account it is. Nothing was changed.' },
  },
};

export type LinkAccountWords = typeof en;

const de: LinkAccountWords = {
  title: 'Zeigen Sie einmal, dass dieses Postfach Ihres ist',
  text: (address) => `Exchange kennt Sie, nennt aber Ihre Adresse nicht. Tieline schickt einen Code an ${address} und kennt Sie danach dauerhaft.`,
  send: 'Code schicken',
  sentTitle: 'Geben Sie den Code aus Ihrem Posteingang ein',
  sentText: (address) => `Die Mail ist an ${address} gegangen. Der Code gilt 15 Minuten.`,
  label: 'Code, acht Ziffern',
  link: 'Konto verbinden',
  again: 'Noch einen Code schicken',
  waitTitle: 'Ihr Administrator verbindet Ihr Konto',
  waitText: (address) => `Dieses Tieline verschickt keine Mails. Ein Administrator muss sagen, dass ${address} Sie sind. Sagen Sie Bescheid und sehen Sie dann wieder nach.`,
  look: 'Wieder nachsehen',
  faults: {
    'exchange-code-wrong': { lead: 'Das ist nicht der Code.', text: 'Geben Sie die acht Ziffern der neuesten Mail ein.' },
    'exchange-code-over': { lead: 'Dieser Code gilt nicht mehr.', text: 'Lassen Sie sich einen neuen schicken.' },
    'exchange-code-later': { lead: 'Ein Code ist schon unterwegs, oder es waren heute zu viele.', text: 'Sehen Sie in Ihren Posteingang, und lassen Sie sich in einer Minute einen neuen schicken. Nach fünf am Tag hilft Ihr Administrator.' },
    'exchange-address-taken': { lead: 'Jemand anders ist unter dieser Adresse bekannt.', text: 'Ihr Administrator muss entscheiden, wem das Konto gehört. Es wurde nichts geändert.' },
  },
};

const languages: Record<string, LinkAccountWords> = { en, de };

export function linkAccountWords(language: string): LinkAccountWords {
  return languages[language] ?? en;
}
