import type { Attribute, ElementType, Graph, Initializer, Node, ValueInfo } from './graph.js';

/** Attribute values as they are written in code: a whole number is an int, a list ints, a float is marked. */
export type Attributes = Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;

/** Builds a graph node by node; every call returns the name of the value it made. */
export class GraphBuilder {
  readonly #name: string;
  readonly #nodes: Node[] = [];
  readonly #initializers = new Map<string, Initializer>();
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];
  #next = 0;

  constructor(name: string) {
    this.#name = name;
  }

  input(name: string, type: ElementType, dims: readonly (number | string)[]): string {
    this.#inputs.push({ name, type, dims });
    return name;
  }

  /** Names a value as an output of the graph. */
  output(value: string, name: string, type: ElementType, dims: readonly (number | string)[]): void {
    this.#nodes.push({ operator: 'Identity', domain: '', inputs: [value], outputs: [name], attributes: {} });
    this.#outputs.push({ name, type, dims });
  }

  /** A float32 constant; its length must be the product of its dims. */
  float32(name: string, dims: readonly number[], values: Float32Array): string {
    return this.constant(name, 'float32', dims, values);
  }

  /** An int64 constant: a list, or a scalar when given one number. Equal ones are stored once. */
  int64(values: number | readonly number[]): string {
    const list = typeof values === 'number' ? [values] : values;
    const dims = typeof values === 'number' ? [] : [list.length];
    const name = `int64_${dims.length === 0 ? 'scalar' : 'list'}_${list.join('_')}`;
    if (this.#initializers.has(name)) return name;
    return this.constant(name, 'int64', dims, BigInt64Array.from(list, BigInt));
  }

  /** A float32 scalar that several nodes use: asked for again, it is the same one. */
  sharedFloat32(name: string, value: number): string {
    return this.#initializers.has(name) ? name : this.constant(name, 'float32', [], Float32Array.of(value));
  }

  /** A constant of any type. */
  constant(name: string, type: ElementType, dims: readonly number[], values: ArrayBufferView): string {
    if (this.#initializers.has(name)) throw new TypeError(`two constants are named ${name}`);
    const data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#initializers.set(name, { name, type, dims, data });
    return name;
  }

  /** A node with one output. */
  node(operator: string, inputs: readonly string[], attributes: Attributes = {}, domain = ''): string {
    return this.nodeWithOutputs(operator, inputs, 1, attributes, domain)[0] ?? '';
  }

  /** A node of ONNX Runtime's own operator set with one output. */
  contrib(operator: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.node(operator, inputs, attributes, 'com.microsoft');
  }

  nodeWithOutputs(
    operator: string,
    inputs: readonly string[],
    outputCount: number,
    attributes: Attributes = {},
    domain = '',
  ): string[] {
    const id = this.#next++;
    const outputs = Array.from({ length: outputCount }, (_, index) => `${operator}_${id}_${index}`);
    const written = Object.fromEntries(
      Object.entries(attributes).map(([name, value]): [string, Attribute] => [name, attributeOf(value)]),
    );
    this.#nodes.push({ operator, domain, inputs, outputs, attributes: written });
    return outputs;
  }

  build(): Graph {
    return {
      name: this.#name,
      nodes: this.#nodes,
      initializers: [...this.#initializers.values()],
      inputs: this.#inputs,
      outputs: this.#outputs,
    };
  }
}

function attributeOf(value: number | readonly number[] | { readonly float: number }): Attribute {
  if (typeof value === 'number') return { kind: 'int', value };
  if ('float' in value) return { kind: 'float', value: value.float };
  return { kind: 'ints', value };
}
