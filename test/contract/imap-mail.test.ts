import { imapMailWorld } from './imap-mail.ts';
import { mailStoreContract } from './mail-store.ts';

mailStoreContract('IMAP, over the stand-in with QRESYNC', () => imapMailWorld());
mailStoreContract('IMAP, with CONDSTORE alone', () => imapMailWorld({ manner: { qresync: false } }));
mailStoreContract('IMAP, with nothing but RFC 3501', () => imapMailWorld({ manner: { condstore: false, qresync: false, idle: false, move: false, uidPlus: false, specialUse: false } }));
mailStoreContract('IMAP, as Gmail has it', () => imapMailWorld({ manner: { gmail: true } }));
