import type { Chance } from '../chance.js';
import { timeByName } from './sample-time.js';

/** What a string is likely to be, by the name of its property; `undefined` where the name says nothing. */
export function stringByName(name: string, chance: Chance, kind: 'documented' | 'fresh'): string | undefined {
  const bare = plainOf(name);
  const known = strings.get(bare);
  if (known) return kind === 'fresh' ? chance.pick(known) : known[0];
  const [, make] = endings.find(([pattern]) => pattern.test(bare)) ?? [];
  return make?.(chance, name);
}

/** What a number is likely to be, by the name of its property. Without a source of chance, the likeliest. */
export function numberByName(name: string, type: 'integer' | 'number', chance?: Chance): number | undefined {
  const [, choices] = numbers.find(([pattern]) => pattern.test(plainOf(name))) ?? [];
  if (!choices) return undefined;
  const fitting = type === 'integer' ? choices.filter(Number.isInteger) : choices;
  return chance && fitting.length > 0 ? chance.pick(fitting) : fitting[0];
}

/** `first_name`, `firstName` and `First-Name` are one. */
function plainOf(name: string): string {
  const known = plain.get(name);
  if (known !== undefined) return known;
  if (plain.size > 10_000) plain.clear();
  const made = name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  plain.set(name, made);
  return made;
}

const plain = new Map<string, string>();

const strings = new Map<string, readonly string[]>(
  (
    [
      [
        ['firstname', 'givenname', 'forename'],
        ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara'],
      ],
      [
        ['lastname', 'familyname', 'surname'],
        ['Lovelace', 'Hopper', 'Turing', 'Dijkstra', 'Liskov'],
      ],
      [
        ['fullname', 'displayname', 'contactname', 'ownername', 'authorname'],
        ['Ada Lovelace', 'Grace Hopper', 'Alan Turing'],
      ],
      [
        ['username', 'login', 'userlogin', 'nickname', 'handle', 'screenname'],
        ['ada', 'grace', 'alan'],
      ],
      [
        ['email', 'emailaddress', 'mail', 'contactemail', 'useremail'],
        ['ada@example.com', 'grace@example.com', 'alan@example.com'],
      ],
      [
        ['phone', 'phonenumber', 'mobile', 'mobilephone', 'telephone', 'fax', 'faxnumber'],
        ['+31201234567', '+442079460123', '+12025550123'],
      ],
      [
        ['company', 'companyname', 'organization', 'organisation', 'organizationname', 'employer'],
        ['Example Ltd', 'Analytical Engines', 'Compilers & Sons'],
      ],
      [['jobtitle'], ['Engineer', 'Analyst', 'Admiral']],
      [
        ['street', 'streetaddress', 'address1', 'addressline1', 'street1', 'line1', 'streetline1'],
        ['12 Main Street', '1 Harbour Road', '7 Mill Lane'],
      ],
      [
        ['address2', 'addressline2', 'street2', 'line2'],
        ['Floor 2', 'Flat 3'],
      ],
      [
        ['city', 'town', 'locality', 'cityname'],
        ['Amsterdam', 'London', 'Lisbon', 'Nairobi'],
      ],
      [
        ['state', 'province', 'region', 'county'],
        ['Noord-Holland', 'Kent', 'California'],
      ],
      [
        ['zip', 'zipcode', 'postcode', 'postalcode'],
        ['1012', '94016', '10115'],
      ],
      [
        ['country', 'countryname'],
        ['Netherlands', 'Portugal', 'Kenya'],
      ],
      [
        ['countrycode', 'countryiso', 'iso2'],
        ['NL', 'PT', 'KE'],
      ],
      [
        ['currency', 'currencycode'],
        ['EUR', 'USD', 'KES'],
      ],
      [['locale'], ['en-GB', 'nl-NL']],
      [
        ['language', 'lang', 'languagecode'],
        ['en', 'nl'],
      ],
      [
        ['timezone', 'tz'],
        ['Europe/Amsterdam', 'UTC'],
      ],
      [['gender'], ['female', 'male']],
      [
        ['color', 'colour'],
        ['#3366cc', '#cc6633'],
      ],
      [
        ['ip', 'ipaddress', 'remoteip', 'clientip'],
        ['192.0.2.1', '192.0.2.17'],
      ],
      [
        ['hostname', 'host', 'domain', 'domainname'],
        ['example.com', 'example.org'],
      ],
      [['useragent'], ['Mozilla/5.0 (X11; Linux x86_64)']],
      [
        ['description', 'summary'],
        ['What this is about', 'A few words on it'],
      ],
      [
        ['title', 'headline', 'subject'],
        ['A title', 'Another title'],
      ],
      [
        ['message', 'comment', 'note', 'notes', 'text'],
        ['Some text', 'More text'],
      ],
      [['filename'], ['document.pdf', 'picture.png']],
      [
        ['mimetype', 'contenttype', 'mediatype'],
        ['application/json', 'image/png'],
      ],
      [['version'], ['1.0.0', '1.2.3']],
      [['slug'], ['a-title', 'another-title']],
      [['token', 'accesstoken', 'refreshtoken'], ['dG9rZW4tb2Ytc3RhbmRpbg']],
      [['iban'], ['NL91ABNA0417164300']],
      [['latitude', 'lat'], ['52.3728']],
      [
        ['headerlocation', 'headercontentlocation'],
        ['https://example.com/1', 'https://example.com/2'],
      ],
      [['headeretag'], ['"33a64df5"', '"c561c68d"']],
      [['headerlink'], ['<https://example.com/?page=2>; rel="next"']],
      [['headersetcookie'], ['session=33a64df5; Path=/; HttpOnly', 'session=c561c68d; Path=/; HttpOnly']],
      [['headercontentdisposition'], ['attachment; filename="document.pdf"', 'inline']],
      [['headercontentlanguage'], ['en', 'nl']],
      [['headercachecontrol'], ['no-cache', 'max-age=60']],
      [['headerlastmodified', 'headerexpires'], ['Wed, 01 Jan 2025 00:00:00 GMT']],
      [['headerallow'], ['GET, HEAD']],
      [['headerretryafter'], ['30', '60']],
      [['longitude', 'lng', 'lon'], ['4.8936']],
    ] as const
  ).flatMap(([names, values]) => names.map((name) => [name, values] as const)),
);

const endings: readonly (readonly [RegExp, (chance: Chance, name: string) => string])[] = [
  [/(?:image|photo|picture|avatar|icon|logo|thumbnail)(?:url|uri)$/, () => 'https://example.com/image.png'],
  [/(?:url|uri|href|website|homepage)$/, () => 'https://example.com/'],
  [/^(?:uuid|guid)$|uuid$/, (chance) => chance.uuid()],
  [
    /(?:createdat|updatedat|deletedat|expiresat|startedat|endedat|timestamp|datetime)$/,
    (chance, name) => iso(chance, name),
  ],
  [/^(?:created|updated|modified)$/, (chance, name) => iso(chance, name)],
  [
    /(?:startdate|enddate|birthdate|dateofbirth|duedate|expirydate|^date)$/,
    (chance, name) => iso(chance, name).slice(0, 10),
  ],
  [/email$/, () => 'ada@example.com'],
];

const iso = (chance: Chance, name: string) => new Date(timeByName(name, chance.now())).toISOString();

const numbers: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^headerretryafter$/, [30, 60]],
  [/^(?:header)?x?ratelimitlimit$/, [100, 60]],
  [/^(?:header)?x?ratelimitremaining$/, [99, 59]],
  [/^(?:header)?x?ratelimitreset$/, [60, 30]],
  [/^(?:lat|latitude)$/, [52.3728, 38.7223, 52, 38]],
  [/^(?:lng|lon|long|longitude)$/, [4.8936, -9.1393, 4, -9]],
  [/(?:price|amount|cost|fee|total|subtotal|balance)$/, [19.99, 5.5, 100, 20, 1999]],
  [/^(?:tax|discount)$/, [4.2, 1.5, 5, 1]],
  [/^age$/, [36, 42, 27]],
  [/(?:quantity|qty)$/, [1, 2, 3]],
  [/^(?:page|pagenumber|currentpage)$/, [1]],
  [/^(?:perpage|pagesize|limit)$/, [20, 50, 100]],
  [/^year$/, [2025, 2024]],
  [/^month$/, [6, 11]],
  [/^day$/, [15, 28]],
  [/^(?:width|height)$/, [640, 480, 800]],
  [/^port$/, [8080, 443]],
  [/(?:percent|percentage)$/, [50, 12.5, 75]],
  [/^(?:rating|score)$/, [4, 4.5, 3]],
];
