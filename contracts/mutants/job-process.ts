import { type Job, runJob } from './job.js';

process.on('message', (job: Job) => {
  runJob(job).then(
    (measures) => process.send?.({ measures }),
    (error: Error) => process.send?.({ error: error.stack ?? error.message }),
  );
});
// Nobody is there to tell any more.
process.on('disconnect', () => process.exit());
