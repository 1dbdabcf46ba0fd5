import { appointmentMethods } from './appointment.ts';
import { attachmentMethods } from './attachments.ts';
import { bodyMethods } from './body.ts';
import { categoryMethods } from './categories.ts';
import { formMethods } from './forms.ts';
import { mailMethods } from './mail.ts';
import type { Methods } from './method.ts';
import { notificationMethods } from './notification-calls.ts';
import { propertyMethods } from './properties.ts';
import { recipientMethods } from './recipients.ts';
import { savingMethods } from './saving.ts';
import { tokenMethods } from './tokens.ts';

/** Every Outlook call by its dispid (outlook-host.md §7). */
export const methods: Methods = {
  ...appointmentMethods, ...attachmentMethods, ...bodyMethods, ...categoryMethods, ...formMethods, ...mailMethods, ...notificationMethods, ...propertyMethods,
  ...recipientMethods, ...savingMethods, ...tokenMethods,
};
