import type { BodyView, OpenItem } from '../host/item.ts';
import { isCompose } from '../host/item.ts';
import { h } from '../dom.ts';

/** The text of the item: an editor for HTML, a plain field for text, or just to be read. */
export interface BodyEditor { element: HTMLElement; stop: () => void }

function selectionIn(editor: HTMLElement): Range | null {
  const selection = getSelection();
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
  return range && editor.contains(range.commonAncestorContainer) ? range : null;
}

function htmlView(editor: HTMLElement, changed: () => void): BodyView {
  /** Where the cursor was last: a press on a ribbon button takes the focus away. */
  let last: Range | null = null;
  const note = (): void => {
    last = selectionIn(editor)?.cloneRange() ?? last;
  };
  editor.addEventListener('keyup', note);
  editor.addEventListener('mouseup', note);
  editor.addEventListener('focus', note);
  return {
    insert(html) {
      const range = selectionIn(editor) ?? (last && editor.contains(last.commonAncestorContainer) ? last : null) ?? document.createRange();
      if (!editor.contains(range.commonAncestorContainer)) range.setStart(editor, 0);
      range.deleteContents();
      range.insertNode(range.createContextualFragment(html));
      range.collapse(false);
      changed();
    },
    selection() {
      const range = selectionIn(editor) ?? last;
      if (!range) return { html: '', text: '' };
      return { html: h('div', {}, range.cloneContents()).innerHTML, text: range.toString() };
    },
  };
}

function textView(field: HTMLTextAreaElement, changed: () => void): BodyView {
  return {
    insert(text) {
      field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
      changed();
    },
    selection() {
      const text = field.value.slice(field.selectionStart, field.selectionEnd);
      return { html: text, text };
    },
  };
}

/** The content was made safe when the item was opened or set (`editorFragment`). */
function createHtmlEditor(item: OpenItem, label: string): BodyEditor {
  const isEditable = isCompose(item);
  const element = h('div', { class: 'ol-body', 'aria-label': label, ...(isEditable ? { contenteditable: 'true', role: 'textbox', 'aria-multiline': 'true' } : { role: 'document', tabindex: 0 }) });
  element.innerHTML = item.fields.body.content;
  const put = (by: 'user' | 'addin'): void => item.change({ body: { type: 'html', content: element.innerHTML } }, by);
  if (isEditable) {
    element.addEventListener('input', () => put('user'));
    item.bodyView = htmlView(element, () => put('addin'));
  }
  const stop = item.watch((changed) => {
    if (changed.has('body') && element.innerHTML !== item.fields.body.content) element.innerHTML = item.fields.body.content;
  });
  return { element, stop };
}

function createTextEditor(item: OpenItem, label: string): BodyEditor {
  const element = h('textarea', { class: 'ol-body ol-plain', 'aria-label': label, readonly: !isCompose(item), spellcheck: 'false' });
  element.value = item.fields.body.content;
  const put = (by: 'user' | 'addin'): void => item.change({ body: { type: 'text', content: element.value } }, by);
  element.addEventListener('input', () => put('user'));
  if (isCompose(item)) item.bodyView = textView(element, () => put('addin'));
  const stop = item.watch((changed) => {
    if (changed.has('body') && element.value !== item.fields.body.content) element.value = item.fields.body.content;
  });
  return { element, stop };
}

export function createBodyEditor(item: OpenItem, label: string): BodyEditor {
  return item.fields.body.type === 'html' ? createHtmlEditor(item, label) : createTextEditor(item, label);
}
