import { templateApi } from '../../contract/conference/template.ts';
import type { BlockDetails } from '../../invitation/index.ts';
import { numbersShown, writtenNumbers } from '../features/conference/invite/written-numbers.ts';
import { createTemplateHandlers, createTemplates, type Templates } from '../features/templates/index.ts';
import { bind } from '../web/endpoints.ts';
import type { Feature, World } from './feature.ts';

/** An id that no conference has: the made-up one of previews must not open a door. */
const sampleId = 'abcdefghijklmnopqrstuvwxyz';

/** Templates of the invite text. The conference feature asks them through what its wiring hands in. */
export function templatesFeature({ clock, config, connectors, store }: Pick<World, 'clock' | 'config' | 'connectors' | 'store'>): Feature & { templates: Templates } {
  const { languages } = config.conference;
  const templates = createTemplates({ clock, store, languages });
  const joinBase = config.conference.joinBase ?? `${config.publicUrl}/j/`;

  function sample(language: string): BlockDetails {
    const every = writtenNumbers(connectors.flatMap((each) => each.conferenceBridge ?? [])[0]?.dialIn ?? [], language);
    const numbers = every.slice(0, numbersShown).map(({ country, display, e164 }) => ({ country, display, e164 }));
    return { joinUrl: `${joinBase}${sampleId}`, passcode: '7391', accessCode: '482913756', numbers, moreNumbers: every.length > numbers.length, host: 'Anna Berger' };
  }

  return { endpoints: bind(templateApi, createTemplateHandlers({ templates, languages, sample })), templates };
}
