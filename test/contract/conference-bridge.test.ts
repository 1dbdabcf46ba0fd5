import { asteriskWorld } from './asterisk-bridge.ts';
import { conferenceBridgeContract } from './conference-bridge.ts';
import { jitsiWorld } from './jitsi-bridge.ts';
import { memoryWorld } from './memory-bridge.ts';

conferenceBridgeContract('memory, the reference', memoryWorld);
conferenceBridgeContract('Asterisk ConfBridge', asteriskWorld);
conferenceBridgeContract('Jitsi Meet', () => jitsiWorld());
