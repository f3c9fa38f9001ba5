/** What a pickle of plain data holds. */
export type Plain = string | number | boolean | null | Plain[] | Map<string, Plain>;

/** Marks the stack where a list or dictionary begins. */
const mark = Symbol('mark');
type Item = Plain | typeof mark;

/**
 * Reads a Python pickle that holds only dictionaries with string keys, lists, strings, numbers and truth values.
 * A pickle is a program that can call anything; the opcodes for that are unknown here, so nothing is ever
 * executed and a file that needs them is refused.
 * @throws RangeError naming the opcode and its place, when the file holds anything else or is cut
 */
export function readPlainPickle(bytes: Uint8Array): Plain {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = new TextDecoder('utf-8', { fatal: true });
  const stack: Item[] = [];
  const memo: Plain[] = [];
  let at = 0;
  const string = (length: number): string => {
    const end = at + length;
    if (end > bytes.length) throw new RangeError('the pickle ends inside a string');
    const read = text.decode(bytes.subarray(at, end));
    at = end;
    return read;
  };
  const pop = (): Plain => {
    const item = stack.pop();
    if (item === undefined || item === mark) throw new RangeError(`nothing to take at byte ${at}`);
    return item;
  };
  const top = (): Plain => {
    const item = stack.at(-1);
    if (item === undefined || item === mark) throw new RangeError(`nothing on top at byte ${at}`);
    return item;
  };
  const sinceMark = (): Plain[] => {
    const from = stack.lastIndexOf(mark);
    if (from < 0) throw new RangeError(`no mark before byte ${at}`);
    return stack.splice(from).filter((item) => item !== mark);
  };
  const remembered = (index: number): Plain => {
    const item = memo[index];
    if (item === undefined) throw new RangeError(`nothing remembered under ${index}`);
    return item;
  };
  const append = (items: readonly Plain[]): void => {
    const list = top();
    if (!Array.isArray(list)) throw new RangeError(`no list at byte ${at}`);
    for (const item of items) list.push(item);
  };
  const setItems = (items: readonly Plain[]): void => {
    const dictionary = top();
    if (!(dictionary instanceof Map)) throw new RangeError(`no dictionary at byte ${at}`);
    for (let index = 0; index + 1 < items.length; index += 2) {
      const key = items[index];
      const value = items[index + 1];
      if (typeof key !== 'string' || value === undefined) {
        throw new RangeError(`a key that is no text before byte ${at}`);
      }
      dictionary.set(key, value);
    }
  };
  while (at < bytes.length) {
    const opcode = view.getUint8(at);
    at += 1;
    switch (opcode) {
      case 0x80: // PROTO
        at += 1;
        break;
      case 0x95: // FRAME: only a hint for buffering
        at += 8;
        break;
      case 0x7d: // EMPTY_DICT
        stack.push(new Map<string, Plain>());
        break;
      case 0x5d: // EMPTY_LIST
        stack.push([]);
        break;
      case 0x94: // MEMOIZE
        memo.push(top());
        break;
      case 0x28: // MARK
        stack.push(mark);
        break;
      case 0x8c: // SHORT_BINUNICODE
        at += 1;
        stack.push(string(view.getUint8(at - 1)));
        break;
      case 0x58: // BINUNICODE
        at += 4;
        stack.push(string(view.getUint32(at - 4, true)));
        break;
      case 0x68: // BINGET
        at += 1;
        stack.push(remembered(view.getUint8(at - 1)));
        break;
      case 0x6a: // LONG_BINGET
        at += 4;
        stack.push(remembered(view.getUint32(at - 4, true)));
        break;
      case 0x47: // BINFLOAT
        at += 8;
        stack.push(view.getFloat64(at - 8, false));
        break;
      case 0x4b: // BININT1
        at += 1;
        stack.push(view.getUint8(at - 1));
        break;
      case 0x4e: // NONE
        stack.push(null);
        break;
      case 0x88: // NEWTRUE
        stack.push(true);
        break;
      case 0x89: // NEWFALSE
        stack.push(false);
        break;
      case 0x61: // APPEND
        append([pop()]);
        break;
      case 0x65: // APPENDS
        append(sinceMark());
        break;
      case 0x73: {
        // SETITEM
        const value = pop();
        setItems([pop(), value]);
        break;
      }
      case 0x75: // SETITEMS
        setItems(sinceMark());
        break;
      case 0x2e: // STOP
        return pop();
      default:
        throw new RangeError(`opcode 0x${opcode.toString(16)} at byte ${at - 1} is not plain data`);
    }
  }
  throw new RangeError('the pickle has no end');
}
