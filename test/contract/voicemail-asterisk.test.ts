import { asteriskVoicemailWorld } from './asterisk-voicemail.ts';
import { voicemailStoreContract } from './voicemail-store.ts';

voicemailStoreContract('Asterisk', () => asteriskVoicemailWorld());
voicemailStoreContract('Asterisk without a trash and without ARI', () => asteriskVoicemailWorld({ voicemail: { trash: 'none' }, hasAri: false }));
voicemailStoreContract('Asterisk that keeps removed messages itself', () => asteriskVoicemailWorld({ backupDeleted: 20 }));
