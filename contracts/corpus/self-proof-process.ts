import { prove } from './prove.js';

/** Proves one document for its parent process, so that whatever becomes of it becomes of nothing else. */
const proof = await prove(process.argv[2] as string, process.argv[3] === 'service' ? 'service' : 'standin');
process.send?.(proof, () => process.exit(0));
