import type { Manifest } from '../manifest/types.ts';

/** outlook-web-16.01.js implements the API up to here; a host that claims more makes pages call what is not there. */
export const requirementSets: Readonly<Record<string, string>> = { Mailbox: '1.12', IdentityAPI: '1.3', DialogApi: '1.2' };
/** `OSF.AppName.OutlookWebApp`. */
const outlookWebApp = 64;
export const hostVersion = '16.0.18526.10000';

export interface ContextOptions { controlId: string; appInstanceId: string; correlationId: string; locale: string; manifest: Manifest; settings: Record<string, string>; sets: Readonly<Record<string, string>>; height: number; width: number }

/** The answer to `ContextActivationManager_getAppContextAsync`. The first ten have to be defined or boot throws. */
export function appContext({ controlId, appInstanceId, correlationId, locale, manifest, settings, sets, height, width }: ContextOptions): object {
  return {
    _id: controlId, _appName: outlookWebApp, _appVersion: '16.01', _appUILocale: locale, _dataLocale: locale, _docUrl: '', _clientMode: 0,
    _settings: settings, _reason: 'documentOpened', _osfControlType: 1, _eToken: '', _correlationId: correlationId, _appInstanceId: appInstanceId,
    _requirementMatrix: JSON.stringify(sets), _hostFullVersion: hostVersion, _appMinorVersion: 1, _clientWindowHeight: height, _clientWindowWidth: width,
    _addinName: manifest.displayName, _appDomains: [location.origin, ...manifest.appDomains], _featureGates: {}, _initialDisplayMode: 0,
  };
}
