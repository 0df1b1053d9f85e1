import { useEffect, useState } from 'preact/hooks';

/** The parts of the fragment: `#/apis/shop/listUsers` is the view `apis`, and `['shop', 'listUsers']` in it. */
export interface Route {
  readonly view: string;
  readonly parts: readonly string[];
}

function parseRoute(fragment: string): Route {
  const [view = '', ...parts] = fragment
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode);
  return { view: view === '' ? 'apis' : view, parts: parts.filter((part) => part !== '') };
}

export const linkTo = (...parts: readonly string[]) => `#/${parts.map(encodeURIComponent).join('/')}`;

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const look = () => setRoute(parseRoute(location.hash));
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  return route;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
