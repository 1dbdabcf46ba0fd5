/**
 * The manifest as an administrator deploys it: the one of the checkout, which is valid for localhost, with this server's address and app registration.
 * `origin`: where the add-in's files are. `clientId`: null leaves the registration out, so that Outlook signs in without it.
 */
export function fillManifest(xml: string, { origin, clientId }: { origin: string; clientId: string | null }): string {
  const { host } = new URL(origin);
  const placeholder = /<WebApplicationInfo>\s*<Id>([^<]+)<\/Id>/.exec(xml)?.[1];
  const addressed = xml.replaceAll('://localhost:3000', `://${host}`);
  if (placeholder === undefined) return addressed;
  if (clientId === null) return addressed.replace(/\s*<WebApplicationInfo>.*?<\/WebApplicationInfo>/s, '');
  return addressed.replaceAll(placeholder, clientId);
}
