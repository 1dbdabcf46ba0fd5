import type { Route } from '../types.ts';
import { answerRoutes } from './answers.ts';
import { calendarRoutes } from './calendars.ts';
import { deltaRoutes } from './delta.ts';
import { eventRoutes } from './events.ts';
import { attachmentRoutes } from './attachments.ts';
import { mailFolderRoutes } from './mail-folders.ts';
import { messageDeltaRoutes } from './message-delta.ts';
import { messageRoutes } from './messages.ts';
import { mailRoutes } from './send-mail.ts';
import { presenceRoutes } from './presence.ts';
import { scheduleRoutes } from './schedule.ts';
import { settingsRoutes } from './settings.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { translateRoutes } from './translate.ts';
import { userRoutes } from './users.ts';

/** Every route; the first that fits a request answers it. A new family (presence, contacts) is a file beside these and a line here. */
export const routes: readonly Route[] = [
  ...userRoutes, ...calendarRoutes, ...deltaRoutes, ...eventRoutes, ...answerRoutes, ...settingsRoutes, ...presenceRoutes, ...scheduleRoutes, ...translateRoutes, ...mailRoutes, ...mailFolderRoutes, ...messageDeltaRoutes, ...messageRoutes,
  ...attachmentRoutes, ...subscriptionRoutes,
];
