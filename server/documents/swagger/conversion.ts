import { diagnose, type Origin, type Origins, originOf, resolve } from '../description.js';
import type { Diagnostic } from '../diagnostic.js';
import { DocumentError } from '../document-error.js';
import { isObject, type JsonObject } from '../json.js';
import { fromPointer, toPointer } from '../pointer.js';
import type { Source } from '../source.js';

/** An OpenAPI 2.0 description, its references linked. */
export interface Swagger {
  readonly root: JsonObject;
  readonly version: string;
  readonly source: Source;
  readonly origins: Origins;
}

/** A value of the 2.0 document, and where it stands there. */
export interface Part {
  readonly value: JsonObject;
  readonly pointer: string;
}

/** What is written in the making of the 3.0 description, with the origin of each member. */
export interface Conversion {
  readonly swagger: Swagger;
  readonly diagnostics: Diagnostic[];
  readonly report: (pointer: string, severity: Diagnostic['severity'], message: string, advice: string) => void;
  /** Writes a member that comes from a place of the 2.0 document. */
  readonly put: (target: Record<string, unknown>, name: string, value: unknown, pointer: string) => void;
  /** Writes those members of a part that are named, or are extensions, as they are. */
  readonly keep: (target: Record<string, unknown>, part: Part, names: readonly string[]) => void;
  /** The object that stands at a place, or that a reference there leads to; `undefined` where there is none. */
  readonly follow: (value: unknown, pointer: string) => Part | undefined;
}

export function createConversion(swagger: Swagger): Conversion {
  const { origins } = swagger;
  const diagnostics: Diagnostic[] = [];
  const put: Conversion['put'] = (target, name, value, pointer) => {
    Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
    const written: Map<string, Origin> = origins.get(target) ?? new Map();
    origins.set(target, written.set(name, originOf(swagger, fromPointer(pointer))));
  };
  return {
    swagger,
    diagnostics,
    put,
    report: (pointer, severity, message, advice) => {
      diagnostics.push(diagnose(swagger, pointer, severity, 'swagger-inexpressible', message, advice));
    },
    keep: (target, { value, pointer }, names) => {
      for (const name of Object.keys(value))
        if (names.includes(name) || name.startsWith('x-')) put(target, name, value[name], below(pointer, name));
    },
    follow: (value, pointer) => {
      try {
        const found = resolve({ ...swagger, name: '', file: '', files: [], diagnostics: [] }, value, pointer);
        return isObject(found.value) ? { value: found.value, pointer: found.pointer } : undefined;
      } catch (error) {
        if (!(error instanceof DocumentError)) throw error;
        return undefined;
      }
    },
  };
}

export const below = (pointer: string, ...keys: readonly (string | number)[]): string => `${pointer}${toPointer(keys)}`;
