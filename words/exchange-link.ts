/** The mail with the code that links an account of an Exchange server. Plain text. */
const en = {
  from: 'Tieline',
  subject: 'Your code for Tieline',
  text: (code: string, minutes: number) =>
    `Type this code into Tieline in Outlook:\n\n${code}\n\nIt is good for ${minutes} minutes and only there. It shows that this mailbox is yours.\n\nIf you did not ask for it, somebody has written your address in place of theirs. Do not give the code to anybody. Nothing happens without it.\n`,
};

export type ExchangeLinkWords = typeof en;

const de: ExchangeLinkWords = {
  from: 'Tieline',
  subject: 'Ihr Code für Tieline',
  text: (code, minutes) =>
    `Geben Sie diesen Code in Outlook bei Tieline ein:\n\n${code}\n\nEr gilt ${minutes} Minuten und nur dort. Er zeigt, dass dieses Postfach Ihres ist.\n\nWenn Sie ihn nicht angefordert haben, hat jemand Ihre Adresse statt der eigenen angegeben. Geben Sie den Code niemandem. Ohne ihn geschieht nichts.\n`,
};

const languages: Record<string, ExchangeLinkWords> = { en, de };

export function exchangeLinkWords(language: string): ExchangeLinkWords {
  return languages[language] ?? en;
}
