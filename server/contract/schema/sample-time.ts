const dayMs = 86_400_000;

/** How far from now what a name speaks of lies; what was made was made before it was changed, and ends after it starts. */
const offsets: readonly (readonly [RegExp, number])[] = [
  [/birth|dob$/, -30 * 365.25 * dayMs],
  [/creat|inserted|register|signup|joined|added|issued|opened|submitted|founded|since/, -30 * dayMs],
  [/start|begin|from$|valid_?from|effective|publish|activ|accepted|approved/, -7 * dayMs],
  [/updat|modif|chang|edited|lastseen|lastlogin|lastused|sync|seen|visited/, -1 * dayMs],
  [/expir|end$|ends|until|due|deadline|renew|next|validto|ends?at|enddate|endtime|through$/, 30 * dayMs],
  [/delet|remov|cancel|archiv|clos|complet|finish|resolv|paid|sent|deliver/, -dayMs / 2],
];

/** A moment near `now` (both in milliseconds since 1970) that fits the name of a property. */
export function timeByName(name: string, now: number): number {
  const plain = name.replace(/[^A-Za-z]/g, '').toLowerCase();
  const found = plain === '' ? undefined : offsets.find(([pattern]) => pattern.test(plain));
  return now + (found?.[1] ?? 0);
}
