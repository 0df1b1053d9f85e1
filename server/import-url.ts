/** Imports a module of the user's, by its URL. In a file of its own, since the built program has to be given what imports it. */
export const importUrl = (url: string): Promise<Readonly<Record<string, unknown>>> => import(url);
