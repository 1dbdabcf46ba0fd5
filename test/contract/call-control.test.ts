import { asteriskCallControlWorld } from './asterisk-call-control.ts';
import { callControlContract } from './call-control.ts';

callControlContract('Asterisk', asteriskCallControlWorld);
