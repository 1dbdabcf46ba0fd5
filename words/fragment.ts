import { pick } from './pick.ts';

/** What is wrong with a template's HTML, by the codes of invitation/fragment/, with the remedy. `what` is what stands there. */
const en = {
  'element-dropped': { lead: (what: string) => `<${what}> does not arrive: mail programs take it out.`, remedy: 'Write words, line breaks and links; a picture goes into the logo.' },
  'element-not-here': { lead: (what: string) => `<${what}> would break the block apart.`, remedy: 'Use <br> for a new line and <b> for weight.' },
  'name-dropped': { lead: (what: string) => `"${what}" has no effect: Outlook renames it and drops the style sheet.`, remedy: 'Take it out; write the style into the element.' },
  script: { lead: (what: string) => `"${what}" holds a script; gateways refuse the whole mail.`, remedy: 'Take it out.' },
  'attribute-dropped': { lead: (what: string) => `"${what}" has no effect that arrives.`, remedy: 'Take it out.' },
  'style-dropped': { lead: (what: string) => `Word's engine ignores "${what}".`, remedy: 'Only font-size, font-weight, font-style and text-decoration arrive everywhere.' },
  colour: { lead: (what: string) => `"${what}" cannot be read in dark mode, which turns one colour and not the other.`, remedy: 'Set no colours; the reader\'s own are used.' },
  'too-small': { lead: () => 'Letters below 9 pt cannot be read on a phone.', remedy: 'Use at least 9pt.' },
  'too-large': { lead: (what: string) => `"${what}" is larger than the join link has room for.`, remedy: 'Letters up to 12pt, pictures up to 320 × 120 pixels.' },
  'picture-not-https': { lead: () => 'The picture is not at an https address.', remedy: 'Put it on a server that everybody reaches by https; pictures inside the mail are blocked or become attachments.' },
  'picture-without-words': { lead: () => 'Without words there is a hole where pictures are off, and nothing for screen readers.', remedy: 'Write your name in "Words".' },
  'picture-without-size': { lead: () => 'Without width and height Word\'s engine draws the picture as large as it is.', remedy: 'Give both in pixels.' },
  'link-not-https': { lead: (what: string) => `"${what}" is no address that opens everywhere.`, remedy: 'Links begin with https:, mailto: or tel:.' },
  'link-of-ours': { lead: () => 'A conference address in it would make two blocks of one.', remedy: 'Take the address out; the block has its own.' },
  comment: { lead: () => 'Comments and conditional code do not arrive.', remedy: 'Take them out.' },
  'not-closed': { lead: (what: string) => `"${what}" is not closed, or closed without being opened.`, remedy: 'Close every element in the order in which it was opened; write &lt; for a plain <.' },
  'looks-like-rule': { lead: () => 'A line of dashes ends the block in plain text.', remedy: 'Take the line out.' },
  'too-long': { lead: (what: string) => `The text has more than ${what} characters.`, remedy: 'Shorten it, or link to a page that has it all.' },
};

export type FragmentWords = typeof en;

const de: FragmentWords = {
  'element-dropped': { lead: (what: string) => `<${what}> kommt nicht an: Mailprogramme nehmen es heraus.`, remedy: 'Schreiben Sie Wörter, Zeilenumbrüche und Links; ein Bild gehört ins Logo.' },
  'element-not-here': { lead: (what: string) => `<${what}> risse den Block auseinander.`, remedy: 'Nehmen Sie <br> für eine neue Zeile und <b> für fette Schrift.' },
  'name-dropped': { lead: (what: string) => `„${what}“ wirkt nicht: Outlook benennt es um und verwirft die Formatvorlagen.`, remedy: 'Entfernen Sie es; schreiben Sie den Stil in das Element.' },
  script: { lead: (what: string) => `„${what}“ enthält ein Skript; Mailserver weisen die ganze Mail ab.`, remedy: 'Entfernen Sie es.' },
  'attribute-dropped': { lead: (what: string) => `„${what}“ hat keine Wirkung, die ankommt.`, remedy: 'Entfernen Sie es.' },
  'style-dropped': { lead: (what: string) => `Words Darstellung übergeht „${what}“.`, remedy: 'Überall kommen nur font-size, font-weight, font-style und text-decoration an.' },
  colour: { lead: (what: string) => `„${what}“ ist im dunklen Modus nicht lesbar, der nur eine von zwei Farben umkehrt.`, remedy: 'Setzen Sie keine Farben; es gelten die des Lesers.' },
  'too-small': { lead: () => 'Schrift unter 9 pt ist auf dem Telefon nicht lesbar.', remedy: 'Nehmen Sie mindestens 9pt.' },
  'too-large': { lead: (what: string) => `„${what}“ ist größer, als neben dem Teilnahmelink Platz ist.`, remedy: 'Schrift bis 12pt, Bilder bis 320 × 120 Pixel.' },
  'picture-not-https': { lead: () => 'Das Bild liegt nicht an einer https-Adresse.', remedy: 'Legen Sie es auf einen Server, den alle über https erreichen; Bilder in der Mail werden blockiert oder zu Anhängen.' },
  'picture-without-words': { lead: () => 'Ohne Wörter klafft ein Loch, wo Bilder aus sind, und Vorleseprogramme schweigen.', remedy: 'Schreiben Sie Ihren Namen in „Wörter“.' },
  'picture-without-size': { lead: () => 'Ohne Breite und Höhe zeichnet Words Darstellung das Bild so groß, wie es ist.', remedy: 'Geben Sie beides in Pixeln an.' },
  'link-not-https': { lead: (what: string) => `„${what}“ ist keine Adresse, die sich überall öffnen lässt.`, remedy: 'Links beginnen mit https:, mailto: oder tel:.' },
  'link-of-ours': { lead: () => 'Eine Konferenzadresse darin machte aus einem Block zwei.', remedy: 'Nehmen Sie die Adresse heraus; der Block hat seine eigene.' },
  comment: { lead: () => 'Kommentare und bedingter Code kommen nicht an.', remedy: 'Entfernen Sie sie.' },
  'not-closed': { lead: (what: string) => `„${what}“ ist nicht geschlossen, oder geschlossen, ohne geöffnet zu sein.`, remedy: 'Schließen Sie jedes Element in der Reihenfolge, in der es geöffnet wurde; schreiben Sie &lt; für ein bloßes <.' },
  'looks-like-rule': { lead: () => 'Eine Zeile aus Strichen beendet den Block im reinen Text.', remedy: 'Entfernen Sie die Zeile.' },
  'too-long': { lead: (what: string) => `Der Text hat mehr als ${what} Zeichen.`, remedy: 'Kürzen Sie ihn, oder verlinken Sie eine Seite, auf der alles steht.' },
};

/** The words for the lint of templates in a language, English when there are none. */
export function fragmentWords(language: string): FragmentWords {
  return pick({ en, de }, language);
}
