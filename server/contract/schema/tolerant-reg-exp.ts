/** ECMA-262 `u` patterns, as JSON Schema asks; those that are only valid without `u` are taken without; others accept all. */
export const tolerantRegExp = Object.assign(
  (pattern: string, flags: string): RegExp => {
    for (const attempt of [flags, '']) {
      try {
        return new RegExp(pattern, attempt);
      } catch {}
    }
    return /(?:)/;
  },
  { code: 'tolerantRegExp' },
);
