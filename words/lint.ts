import { pick } from './pick.ts';

/**
 * What may be wrong with an invite that carries a conference (ux.md section 6: what happened, what it means, what to do).
 * The send handler says it in Outlook's own question, the pane says it with the button that mends it.
 */
const en = {
  'host-code': { lead: () => 'Your host code can be read in this invite.', text: () => 'Everybody who dials it comes in as the host. Draw a new one, or take it out of your text.', button: 'New host code' },
  'two-blocks': { lead: () => 'This invite has two sets of conference details.', text: () => 'Guests would not know where to meet. Keep one of them.', button: 'Keep one' },
  'foreign-block': { lead: (services: string) => `This invite has a ${services} link too.`, text: () => 'Guests would see two ways to join. Remove one of the two before you send.', button: 'Remove ours' },
  'open-to-strangers': { lead: () => 'Guests from outside come in without waiting.', text: (people: string) => `The lobby is off. ${people} can walk in, and so can whoever gets the link from them.`, button: 'Turn lobby on' },
  'room-strips': { lead: (rooms: string) => `${rooms} will not have the link.`, text: () => 'Rooms keep the location line and drop the text. Put the link in the location.', button: 'Put link in location' },
  'clock-change': { lead: () => 'This series moves when the clocks change.', text: (zone: string) => `It repeats in ${zone}, so after the change it comes an hour earlier or later for you. Let it repeat by your own clock, or choose a zone in Outlook.`, button: 'Use my time zone' },
  'no-dial-in': { lead: (countries: string) => `There is no phone number for ${countries}.`, text: () => 'Guests there can join in the browser, or dial a number abroad. Choose the numbers that suit them best.', button: 'Choose numbers' },
  /** In place of Outlook's "Don't Send"; at most 20 characters. */
  mend: 'Mend it first',
  understood: 'Understood',
  mended: 'Done. Your own text was not touched.',
};

export type LintWords = typeof en;

const de: LintWords = {
  'host-code': { lead: () => 'Ihr Leitungscode ist in dieser Einladung zu lesen.', text: () => 'Wer ihn wählt, kommt als Leitung herein. Ziehen Sie einen neuen, oder nehmen Sie ihn aus dem Text.', button: 'Neuer Leitungscode' },
  'two-blocks': { lead: () => 'In dieser Einladung stehen zweimal Konferenzdaten.', text: () => 'Gäste wüssten nicht, wo man sich trifft. Behalten Sie die einen.', button: 'Nur eine behalten' },
  'foreign-block': { lead: (services: string) => `In dieser Einladung steht auch ein Link zu ${services}.`, text: () => 'Gäste sähen zwei Wege in die Besprechung. Entfernen Sie vor dem Senden einen davon.', button: 'Unsere entfernen' },
  'open-to-strangers': { lead: () => 'Gäste von außen kommen ohne Warten herein.', text: (people: string) => `Der Warteraum ist aus. ${people} kann eintreten, und wer den Link weitergereicht bekommt, auch.`, button: 'Warteraum anschalten' },
  'room-strips': { lead: (rooms: string) => `${rooms} wird den Link nicht haben.`, text: () => 'Räume behalten die Ortszeile und verwerfen den Text. Setzen Sie den Link in die Ortszeile.', button: 'Link in den Ort setzen' },
  'clock-change': { lead: () => 'Diese Serie wandert, wenn die Uhren umgestellt werden.', text: (zone: string) => `Sie wiederholt sich in ${zone} und kommt für Sie danach eine Stunde früher oder später. Lassen Sie sie nach Ihrer Uhr laufen, oder wählen Sie in Outlook eine Zone.`, button: 'Meine Zeitzone' },
  'no-dial-in': { lead: (countries: string) => `Für ${countries} gibt es keine Telefonnummer.`, text: () => 'Gäste von dort nehmen im Browser teil oder wählen eine Nummer im Ausland. Suchen Sie aus, welche am besten passen.', button: 'Nummern wählen' },
  mend: 'Erst beheben',
  understood: 'Verstanden',
  mended: 'Erledigt. Ihr eigener Text blieb unberührt.',
};

/** The linter's words in a language, English when there are none. */
export function lintWords(language: string): LintWords {
  return pick({ en, de }, language);
}
