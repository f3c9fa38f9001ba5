import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { parseTask, type Task } from './task.js';

/** One line of a set, in the file that it stands in. */
export interface TaskLine {
  /** The file's name with the line's number, for messages. */
  readonly at: string;
  /** Folder of the set, from which recordings are found. */
  readonly folder: string;
  readonly json: string;
  readonly task: Task;
}

/**
 * Reads every *.jsonl of a folder, files by name, lines in order; blank lines are skipped.
 * @throws AsterismError INPUT_INVALID naming file, line and field, or an identifier that is there twice
 */
export function readSets(folder: string): TaskLine[] {
  let files: string[];
  try {
    files = readdirSync(folder)
      .filter((file) => file.endsWith('.jsonl'))
      .sort();
  } catch (thrown) {
    throw new AsterismError('INPUT_INVALID', `--set ${folder} cannot be read: ${messageOf(thrown)}`);
  }
  if (files.length === 0) throw new AsterismError('INPUT_INVALID', `--set ${folder} holds no *.jsonl file`);
  const lines = files.flatMap((file) => readSet(folder, file));
  const seen = new Map<string, string>();
  for (const { at, task } of lines) {
    const before = seen.get(task.id);
    if (before !== undefined) {
      throw new AsterismError('INPUT_INVALID', `${at}: id: ${task.id} is there already at ${before}`);
    }
    seen.set(task.id, at);
  }
  return lines;
}

function readSet(folder: string, file: string): TaskLine[] {
  return readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .flatMap((json, index): TaskLine[] => {
      if (json.trim() === '') return [];
      const at = `${file}:${String(index + 1)}`;
      const parsed = parseTask(json);
      if (!parsed.valid) {
        throw new AsterismError('INPUT_INVALID', `${at}: ${parsed.field}: ${parsed.message}`);
      }
      return [{ at, folder, json, task: parsed.task }];
    });
}
