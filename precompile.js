// Runs the program until a server is there, and keeps beside it what V8 has compiled on the way: more would take longer to read.
import { resolve } from 'node:path';
import { keepCompiled, runCompiled } from './dist/server/cli/compiled-script.js';

const file = resolve(process.argv[2]);
process.argv.splice(1, process.argv.length, file, 'mock', 'specs', 'server/control/openapi.yaml', '--port', '0');
const ran = runCompiled(file);
process.stdout.write = () => {
  keepCompiled(file, ran);
  process.exit();
};
await ran.exports.run();
