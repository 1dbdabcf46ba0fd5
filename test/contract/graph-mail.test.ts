import { graphMailWorld } from './graph-mail.ts';
import { mailStoreContract } from './mail-store.ts';

mailStoreContract('Graph, over the stand-in', () => graphMailWorld());
