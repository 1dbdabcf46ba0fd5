import { calendarSourceContract } from './calendar-source.ts';
import { graphCalendarWorld } from './graph-calendar.ts';
import { memoryCalendarWorld } from './memory-calendar.ts';

calendarSourceContract('memory, the reference', memoryCalendarWorld);
calendarSourceContract('Microsoft Graph', graphCalendarWorld);
