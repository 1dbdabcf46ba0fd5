import { statusWords } from '../../../../words/admin-status.ts';
import { SettingsForm } from '../../parts/settings/form.tsx';
import { useLayer } from '../../parts/settings/use-layer.ts';
import { organisation } from '../../parts/settings/whose.ts';
import { useSurroundings } from '../../surroundings.tsx';

/** How long the log is kept, and how much of it. */
export function Limits() {
  const words = statusWords(useSurroundings().language);
  return (
    <section className="card narrow" aria-label={words.limits}>
      <h2>{words.limits}</h2>
      <SettingsForm layer={useLayer('log', organisation)} />
    </section>
  );
}
