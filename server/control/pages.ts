import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import express from 'express';
import { packageFolder } from '../package.js';

/** Answers a request where there is a page, or a part of one, for it; resolves with whether there was. */
type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** The pages have everything beside them: nothing of another origin is asked, run or shown, and no other page may frame them. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/**
 * The inspector, as the build has put it together. Nobody's data is in it: that comes from the control API.
 *
 * @param path what they are served under
 */
export function createPages(path: string, folder = join(packageFolder, 'dist/inspector')): Pages {
  const app = express().disable('x-powered-by');
  app.use(path, (_, response, next) => {
    response.set({
      'Content-Security-Policy': policy,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    });
    next();
  });
  // Names stay the same from version to version: a browser is to ask whether what it has is new.
  app.use(
    path,
    express.static(folder, {
      cacheControl: false,
      setHeaders: (response) => response.setHeader('cache-control', 'no-cache'),
    }),
  );
  const serve = app as unknown as (
    request: IncomingMessage,
    response: ServerResponse,
    next: (error?: unknown) => void,
  ) => void;
  return (request, response) =>
    new Promise((resolve, reject) => {
      response.once('close', () => resolve(true));
      serve(request, response, (error) => {
        for (const name of response.getHeaderNames()) response.removeHeader(name);
        if (error) reject(error);
        else resolve(false);
      });
    });
}
