import type { CheckRule } from '../rule.js';
import { closedParts } from './closed-apart.js';
import { components } from './components.js';
import { contradictions } from './contradictions.js';
import { discriminators } from './discriminators.js';
import { examples } from './examples.js';
import { formats } from './formats.js';
import { keywords } from './keywords.js';
import { links } from './links.js';
import { mediaTypes } from './media-types.js';
import { objects } from './objects.js';
import { operations } from './operations.js';
import { parameters } from './parameters.js';
import { paths } from './paths.js';
import { patterns } from './patterns.js';
import { references } from './references.js';
import { responses } from './responses.js';
import { security } from './security.js';
import { servers } from './servers.js';
import { tags } from './tags.js';
import { unsatisfied } from './unsatisfied.js';
import { values } from './values.js';

/** Everything that `standin check` looks for, in the order of docs/check.md. */
export const checkRules: readonly CheckRule[] = [
  ...examples,
  ...references,
  ...objects,
  ...paths,
  ...operations,
  ...parameters,
  ...responses,
  ...mediaTypes,
  ...links,
  ...security,
  ...servers,
  ...keywords,
  ...patterns,
  ...values,
  ...formats,
  ...discriminators,
  ...contradictions,
  ...closedParts,
  ...unsatisfied,
  ...components,
  ...tags,
];
