/** True when this Outlook has a requirement set: asked at run time, because a set in the manifest would hide every button. */
export function isSupported(set: string, version: string): boolean {
  const requirements = Office.context.requirements;
  return requirements !== undefined && requirements.isSetSupported(set, version);
}

/** True when this Outlook has a version of the Mailbox set. */
export function hasMailbox(version: string): boolean {
  return isSupported('Mailbox', version);
}
