import { FluentProvider, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { createRoot } from 'react-dom/client';
import { useSyncExternalStore } from 'react';
import { adminWords } from '../../words/admin.ts';
import { languageOf } from '../../words/pick.ts';
import { Door } from './door.tsx';
import './admin.css';
import './forms.css';
import './settings.css';

/** The administrator's page (`/admin/`): in a browser, without Outlook. */

const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(changed: () => void): () => void {
  prefersDark.addEventListener('change', changed);
  return () => prefersDark.removeEventListener('change', changed);
}

const language = languageOf(new URLSearchParams(location.search).get('lang') ?? navigator.language);

function Admin() {
  const dark = useSyncExternalStore(subscribe, () => prefersDark.matches);
  return (
    <FluentProvider theme={dark ? webDarkTheme : webLightTheme} className="provider" style={{ colorScheme: dark ? 'dark' : 'light' }}>
      <Door language={language} words={adminWords(language)} />
    </FluentProvider>
  );
}

document.documentElement.lang = language;
document.title = `${adminWords(language).title} · Tieline`;
const place = document.getElementById('admin');
if (place !== null) createRoot(place).render(<Admin />);
