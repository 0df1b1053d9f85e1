import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createMemoryStore } from './memory-store.js';
import { openStateFile, StateFileError } from './state-file.js';

test('a file that can not be written is refused at the start, and the way out is said', () => {
  const path = join(tmpdir(), 'no-such-folder', 'state.json');
  const opening = () => openStateFile(path, () => {});
  expect(opening).toThrow(StateFileError);
  expect(opening).toThrow(/state\.json: can't be written \(ENOENT.*name a file in a folder that is there/);
});

test('a file that can no longer be written is told of by its name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'standin-'));
  const errors: unknown[] = [];
  const file = openStateFile(join(folder, 'state.json'), (error) => errors.push(error));
  await rm(folder, { recursive: true });
  file.watch(createMemoryStore());
  await file.close();
  expect(errors).toEqual([
    expect.objectContaining({ message: expect.stringMatching(/state\.json: can't be written \(ENOENT/) }),
  ]);
});
