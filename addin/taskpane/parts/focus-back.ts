/** Focus goes back to the row that opened a page, as soon as that row is drawn again: its panel may come a few frames later. */
export function focusBack(page: string, frames = 30): void {
  requestAnimationFrame(() => {
    const row = document.querySelector<HTMLElement>(`[data-page="${CSS.escape(page)}"]`);
    row?.focus();
    if (row === null && frames > 0) focusBack(page, frames - 1);
  });
}
