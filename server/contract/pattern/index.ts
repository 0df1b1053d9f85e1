export { costOf, guarded, type Pattern, patternOf } from './pattern.js';
export { type TextBounds, textMatching } from './text-matching.js';
