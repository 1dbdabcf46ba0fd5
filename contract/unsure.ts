/** Pieces of a transcript that are less sure than this are shown as unsure. Without a schema beside it, so that the pane can read it. */
export const unsureBelow = 0.6;
