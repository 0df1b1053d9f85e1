import { survey } from './survey.js';

/** Surveys one document for its parent process, so that whatever becomes of it becomes of nothing else. */
const found = await survey(process.argv[2] as string);
process.send?.(found, () => process.exit(0));
