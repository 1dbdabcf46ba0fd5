import { memoryVoicemailWorld } from './memory-voicemail.ts';
import { voicemailStoreContract } from './voicemail-store.ts';

voicemailStoreContract('memory, the reference', () => memoryVoicemailWorld());
voicemailStoreContract('memory, that keeps no trash and tells nothing', () => memoryVoicemailWorld({ trash: false, events: false }));
