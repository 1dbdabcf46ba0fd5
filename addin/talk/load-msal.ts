import type { MsalBundle } from './msal.ts';

let loading: Promise<MsalBundle> | undefined;

function load(): Promise<MsalBundle> {
  const present = window.tielineMsal;
  if (present !== undefined) return Promise.resolve(present);
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = new URL('msal.js', document.baseURI).href;
    script.addEventListener('load', () => {
      const loaded = window.tielineMsal;
      if (loaded === undefined) reject(new Error('the sign-in library did not load'));
      else resolve(loaded);
    });
    script.addEventListener('error', () => {
      script.remove();
      reject(new Error('the sign-in library could not be loaded'));
    });
    document.head.append(script);
  });
}

/** The sign-in library, loaded at first use. A load that failed is tried again at the next. */
export function loadMsal(): Promise<MsalBundle> {
  loading ??= load();
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}
