import { z } from 'zod';

const language = z.string().regex(/^[a-z]{2}$/, 'is no two-letter language code');

/** Where greetings lie, and who speaks them. */
export const greetingsConfig = z.strictObject({
  folder: z.string().min(1).describe('Folder into which we write greetings and nothing else: the PBX\'s, mounted here, or one of ours that an agent (rsync, lsyncd) keeps in step with it.'),
  sounds: z.string().regex(/^\/?[A-Za-z0-9_][A-Za-z0-9_.-]*(\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/, 'is no name of a folder of sounds').default('tieline/greetings').describe('How the PBX calls that folder: below its sounds, or an absolute path there.'),
  soundsFolder: z.string().min(1).optional().describe('The PBX\'s whole folder of sounds (/var/lib/asterisk/sounds), mounted here to be read: what lies there is offered where a greeting is chosen. Without it ARI is asked, where `ari` is configured.'),
  mediaUrl: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')).optional().describe('Instead of a shared folder: the PBX fetches greetings from here, `<publicUrl>/hooks/<instance>/greetings`. Needs res_http_media_cache there.'),
  languages: z.array(language).min(1).default(['en']).describe('Languages that greetings are made in ahead of time. Callers of another hear the first.'),
  answerMs: z.number().int().min(50).max(5_000).default(300).describe('How long a caller waits for our word on which greeting plays, milliseconds. Later than that, the person\'s own recording plays.'),
  voice: z
    .strictObject({
      command: z.string().min(1).default('espeak-ng').describe('Program that reads a text (UTF-8) and writes a WAV to its standard output.'),
      arguments: z.array(z.string()).default(['--stdin', '--stdout', '-v', '{language}']).describe('Its arguments; {language} stands for the two letters. The text never is one of them.'),
      voices: z.record(language, z.string().regex(/^[\w.+-]+$/)).default({}).describe('What {language} is replaced by, where it is not the two letters.'),
      speakMs: z.number().int().min(500).max(120_000).default(15_000).describe('One greeting, milliseconds.'),
    })
    .optional()
    .describe('A voice that speaks greetings. Without it only prompts that somebody recorded are played.'),
});

export type GreetingsConfig = z.output<typeof greetingsConfig>;
