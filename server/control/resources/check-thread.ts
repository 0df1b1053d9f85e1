import { parentPort, workerData } from 'node:worker_threads';
import { check } from '../../contract/check/index.js';
import { unpackDescription } from '../../documents/index.js';

// The entry point of a thread: it checks the description that it was given, and says what it found.
parentPort?.postMessage(check(unpackDescription(workerData)));
