import { createRoot } from 'react-dom/client';
import { displayLanguage } from '../office/context.ts';
import { whenReady } from '../office/events.ts';
import { dialogRung } from '../talk/dialog-rung.ts';
import { quietRungs } from '../talk/rungs.ts';
import { connect } from '../talk/server.ts';
import { Pane } from './pane.tsx';
import { speak } from './spoken.ts';
import './styles/pane.css';
import './styles/contrast.css';
import './styles/button.css';

/** The window. The page holds a drawing of it until this code has run; there is always something to see. */
async function open(): Promise<void> {
  await whenReady();
  const language = displayLanguage();
  const spoken = await speak(language);
  document.documentElement.lang = spoken.language;
  const signInPage = new URL('sign-in.html', document.baseURI).href;
  const server = connect(language, (settings) => [...quietRungs(settings), dialogRung(signInPage, settings)]);
  const place = document.getElementById('pane');
  if (place !== null) createRoot(place).render(<Pane server={server} spoken={spoken} />);
}

void open();
