import type { Page } from 'playwright-core';

/** Roles that people act on, or find their way by: each must have a name (WCAG 2.2 §2.4.6, §4.1.2). */
const named = new Set([
  'button',
  'checkbox',
  'combobox',
  'dialog',
  'form',
  'heading',
  'link',
  'listbox',
  'meter',
  'navigation',
  'option',
  'radio',
  'region',
  'searchbox',
  'spinbutton',
  'table',
  'textbox',
]);

interface AxNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly backendDOMNodeId?: number;
}

/** What keeps people from using a page as it is now; one line for each, none where all is well. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: readonly AxNode[] };
  await session.detach();
  const visible = nodes.filter(({ ignored }) => !ignored);
  const roles = visible.map(({ role }) => role?.value);
  const nameless = visible
    .filter(({ role, name }) => named.has(role?.value ?? '') && (name?.value ?? '').trim() === '')
    .map(({ role }) => `a ${role?.value} has no name`);
  const missing = ['main', 'navigation'].filter((role) => !roles.includes(role)).map((role) => `there is no ${role}`);
  return [...nameless, ...missing, ...(await page.evaluate(faultsOfElements))];
}

/** Runs in the page: contrast (WCAG 2.2 §1.4.3), ids, headings, and whether it fits its window (§1.4.10). */
function faultsOfElements(): string[] {
  const faults: string[] = [];
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  const rgba = (colour: string): readonly [number, number, number, number] => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data] as unknown as [number, number, number, number];
  };
  const luminance = (colour: string) => {
    const [r, g, b] = rgba(colour)
      .slice(0, 3)
      .map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backOf = (element: Element): string => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (rgba(backgroundColor)[3] === 255) return backgroundColor;
    }
    return getComputedStyle(document.documentElement).colorScheme.startsWith('dark') ? '#000' : '#fff';
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set<Element>();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement as HTMLElement;
    if (seen.has(element) || (node.textContent ?? '').trim() === '') continue;
    seen.add(element);
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (element.closest('button:disabled, option, noscript')) continue;
    const [light, dark] = [luminance(getComputedStyle(element).color), luminance(backOf(element))].sort(
      (a, b) => b - a,
    ) as [number, number];
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 4.5) faults.push(`"${node.textContent?.trim().slice(0, 40)}" has a contrast of ${ratio.toFixed(2)}`);
  }
  const ids = Array.from(document.querySelectorAll('[id]'), ({ id }) => id);
  for (const id of new Set(ids.filter((one, index) => ids.indexOf(one) !== index)))
    faults.push(`${id} is the id of several`);
  if (!document.querySelector('h1')) faults.push('there is no heading of the first level');
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`it is ${scrollWidth} pixels wide in a window of ${clientWidth}`);
  return faults;
}
