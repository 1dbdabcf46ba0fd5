import { findAt, where, type Facts, type Rule } from '../finding.ts';
import { originOf, resolve, valuesOf, type Manifest } from '../manifest.ts';
import { readPng, type Picture } from '../png.ts';
import { attribute, below, type Element } from '../xml.ts';

/** Sizes, formats and colours of pictures. A wrong one is shown as a grey default, without a word. */
export const iconRules: readonly Rule[] = [
  { name: 'button-icon-sizes', from: '6', check: buttonIconSizes },
  { name: 'mobile-icon-sizes', from: '6', check: mobileIconSizes },
  { name: 'icon-format', from: '6', check: iconFormat },
  { name: 'icon-file', from: '6', check: iconFile },
  { name: 'mobile-icon-grey', from: '6', check: mobileIconGrey },
];

type Found = ReturnType<Rule['check']>;

const needed = ['16', '32', '80'];
const allowed = new Set([...needed, '20', '24', '40', '48', '64']);
const mobileSizes = ['25', '32', '48'];
const scales = ['1', '2', '3'];

function icons({ all }: Manifest, isMobile: boolean): Element[] {
  return all.filter((each) => each.name === 'Icon' && (each.parent?.type === 'MobileButton') === isMobile);
}

function imagesOf(icon: Element): Element[] {
  return icon.children.filter((each) => each.name === 'Image');
}

/** The control that an icon belongs to tells people more than "Icon". */
function whereIcon(icon: Element): string {
  return where(icon.parent ?? icon);
}

function buttonIconSizes(manifest: Manifest): Found {
  return findAt(icons(manifest, false), (icon) => {
    const sizes = imagesOf(icon).map((each) => attribute(each, 'size'));
    const isGood = needed.every((size) => sizes.includes(size)) && sizes.every((size) => allowed.has(size)) && new Set(sizes).size === sizes.length;
    return isGood ? undefined : { where: whereIcon(icon), problem: `its icon has the sizes ${sizes.join(', ')}`, remedy: `Name ${needed.join(', ')} once each; ${[...allowed].slice(needed.length).join(', ')} may be there too.` };
  });
}

function mobileIconSizes(manifest: Manifest): Found {
  return findAt(icons(manifest, true), (icon) => {
    const sizes = imagesOf(icon).map((each) => `${attribute(each, 'size')}×${attribute(each, 'scale')}`);
    const wanted = mobileSizes.flatMap((size) => scales.map((scale) => `${size}×${scale}`));
    const isGood = sizes.length === wanted.length && wanted.every((one) => sizes.includes(one)) && icon.type === 'MobileIconList';
    return isGood ? undefined : {
      where: whereIcon(icon), problem: `its icon is no bt:MobileIconList of nine images (${sizes.join(', ')})`, remedy: 'Name the sizes 25, 32 and 48, each with scale 1, 2 and 3.',
    };
  });
}

/** Every address of a picture, with the widths in pixels that it may have. A picture named by several places comes several times. */
function pictures(manifest: Manifest): { element: Element; address: string; least: number; most: number }[] {
  const own = [['IconUrl', 64], ['HighResolutionIconUrl', 128]] as const;
  const ofAddIn = own.flatMap(([name, size]) => manifest.root.children.filter((each) => each.name === name)
    .flatMap((element) => valuesOf(element).map((address) => ({ element, address, least: size, most: size }))));
  const ofControls = manifest.all.filter((each) => each.name === 'Icon').flatMap((icon) => imagesOf(icon).flatMap((element) => {
    const [size, scale] = [Number(attribute(element, 'size')), Number(attribute(element, 'scale') || '1')];
    return resolve(manifest, element).map((address) => ({ element, address, least: size, most: size * scale }));
  }));
  return [...ofAddIn, ...ofControls];
}

/** Unpacked once: many buttons share a picture. */
const unpacked = new WeakMap<Uint8Array, Picture | null>();

/** Undefined when the add-in has no such file, null when it is no picture. */
function pictureAt(path: string, { icons: files }: Facts): Picture | null | undefined {
  const file = files.get(path);
  if (!file) return undefined;
  const known = unpacked.get(file);
  if (known !== undefined) return known;
  const picture = readPng(file);
  unpacked.set(file, picture);
  return picture;
}

function pathOf(address: string): string {
  return originOf(address) === '' ? '' : new URL(address).pathname;
}

function iconFormat(manifest: Manifest): Found {
  const images = manifest.resources.filter((each) => each.kind === 'Images').map((each) => each.element);
  const own = manifest.root.children.filter((each) => each.name === 'IconUrl' || each.name === 'HighResolutionIconUrl');
  return [...own, ...images].flatMap((element) => findAt(valuesOf(element), (address) => {
    const path = pathOf(address);
    if (path === '' || /\.(?:png|jpe?g|gif|bmp|tiff?)$/i.test(path)) return undefined;
    return { where: where(element), problem: `${path} is in a format that Outlook does not show`, remedy: 'Use PNG. ICO and SVG are not shown at all.' };
  }));
}

function iconFile(manifest: Manifest, facts: Facts): Found {
  return findAt(pictures(manifest), ({ element, address, least, most }) => {
    const path = pathOf(address);
    if (!path.endsWith('.png') || originOf(address) !== manifest.origin) return undefined;
    const picture = pictureAt(path, facts);
    if (!picture) return { where: where(element), problem: picture === null ? `${path} is no PNG of 8-bit RGBA` : `the add-in has no icon ${path}`, remedy: 'Draw it (npx tsx addin/icons/draw.ts), or correct the address.' };
    const { width, height } = picture;
    if (width === height && width >= least && width <= most) return undefined;
    return { where: where(element), problem: `${path} is ${width} × ${height} pixels`, remedy: `Make it ${least} × ${least}${most > least ? `, up to ${most} × ${most}` : ''}.` };
  });
}

/** The grey that Outlook's own mobile buttons have; the client tints it. */
const grey = 0x91;
/** Where a line ends between pixels, a browser rounds colours of half transparent ones. */
const rounding = 4;

function mobileIconGrey(manifest: Manifest, facts: Facts): Found {
  const points = manifest.all.filter((each) => each.type === 'MobileOnlineMeetingCommandSurface' || each.type === 'MobileLogEventAppointmentAttendee');
  const images = points.flatMap((point) => below(point).filter((each) => each.name === 'Image'));
  return findAt(images, (element) => {
    const wrong = resolve(manifest, element).find((address) => {
      const picture = pictureAt(pathOf(address), facts);
      return picture && !isGrey(picture.pixels);
    });
    return wrong === undefined ? undefined : { where: where(element), problem: `${pathOf(wrong)} is not drawn in #919191`, remedy: 'Draw the icon of the online meeting in #919191 on nothing.' };
  });
}

function isGrey(pixels: Uint8Array): boolean {
  for (let at = 0; at < pixels.length; at += 4) {
    const [red = 0, green = 0, blue = 0, opacity = 0] = pixels.subarray(at, at + 4);
    if (opacity >= 128 && [red, green, blue].some((channel) => Math.abs(channel - grey) > rounding)) return false;
  }
  return true;
}
