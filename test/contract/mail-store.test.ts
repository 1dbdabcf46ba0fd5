import { mailStoreContract } from './mail-store.ts';
import { memoryMailWorld } from './memory-mail.ts';

mailStoreContract('memory, the reference', () => memoryMailWorld());
mailStoreContract('memory, with new ids at every move, late to show and blind for folders', () => memoryMailWorld({ stableIds: false, visibleWithinMs: 5_000, findsFiled: false }));
mailStoreContract('memory, that can only be asked', () => memoryMailWorld({ notifications: false, changes: false, trash: false }));
