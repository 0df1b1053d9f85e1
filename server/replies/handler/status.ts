/** The statuses that a reply may have (those of the IANA registry, https://www.iana.org/assignments/http-status-codes). */
export type Status =
  | 200
  | 201
  | 202
  | 203
  | 204
  | 205
  | 206
  | 207
  | 208
  | 226
  | 300
  | 301
  | 302
  | 303
  | 304
  | 305
  | 307
  | 308
  | 400
  | 401
  | 402
  | 403
  | 404
  | 405
  | 406
  | 407
  | 408
  | 409
  | 410
  | 411
  | 412
  | 413
  | 414
  | 415
  | 416
  | 417
  | 418
  | 421
  | 422
  | 423
  | 424
  | 425
  | 426
  | 428
  | 429
  | 431
  | 451
  | 500
  | 501
  | 502
  | 503
  | 504
  | 505
  | 506
  | 507
  | 508
  | 510
  | 511;

/** Those of a range, as OpenAPI writes it: `StatusOf<'4XX'>`. */
export type StatusOf<Range extends string> = {
  [One in Status]: Range extends `${infer Digit}XX` ? (`${One}` extends `${Digit}${string}` ? One : never) : never;
}[Status];
