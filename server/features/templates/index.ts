export { createTemplateHandlers } from './handlers.ts';
export { createTemplates, type Templates } from './templates.ts';
