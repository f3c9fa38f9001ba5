import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  elementTypes,
  type Attribute,
  type Graph,
  type Initializer,
  type Node,
  type ValueInfo,
} from './graph.js';

const { Varint, LengthDelimited, Bit32 } = WireType;

/** Opset 20 is the first with Gelu; IR version 9 is the one that came with it. */
const irVersion = 9;
const standardOpset = 20;

/** Serialised protobuf in pieces, so that weights of hundreds of megabytes are never copied. */
type Pieces = readonly Uint8Array[];

/**
 * Serialises a graph as an ONNX ModelProto (field numbers from onnx.proto).
 * @returns the bytes of the file in order; the weights are views into the graph's own buffers
 */
export function writeModel(graph: Graph, producer: string): Pieces {
  return [
    small((writer) => writer.tag(1, Varint).int64(irVersion).tag(2, LengthDelimited).string(producer)),
    ...nested(7, graphPieces(graph)),
    ...nested(8, [
      small((writer) => writer.tag(1, LengthDelimited).string('').tag(2, Varint).int64(standardOpset)),
    ]),
    ...nested(8, [
      small((writer) => writer.tag(1, LengthDelimited).string('com.microsoft').tag(2, Varint).int64(1)),
    ]),
  ];
}

function graphPieces(graph: Graph): Pieces {
  return [
    ...graph.nodes.flatMap((node) => nested(1, [small((writer) => writeNode(writer, node))])),
    small((writer) => writer.tag(2, LengthDelimited).string(graph.name)),
    ...graph.initializers.flatMap((tensor) => nested(5, tensorPieces(tensor))),
    ...graph.inputs.flatMap((value) => nested(11, [small((writer) => writeValueInfo(writer, value))])),
    ...graph.outputs.flatMap((value) => nested(12, [small((writer) => writeValueInfo(writer, value))])),
  ];
}

function small(write: (writer: BinaryWriter) => unknown): Uint8Array {
  const writer = new BinaryWriter();
  write(writer);
  return writer.finish();
}

/** A length-delimited field around pieces that are already serialised. */
function nested(field: number, pieces: Pieces): Pieces {
  const length = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  return [small((writer) => writer.tag(field, LengthDelimited).uint32(length)), ...pieces];
}

/** TensorProto { dims = 1, data_type = 2, name = 8, raw_data = 9 } */
function tensorPieces(tensor: Initializer): Pieces {
  const head = small((writer) => {
    for (const dim of tensor.dims) writer.tag(1, Varint).int64(dim);
    writer.tag(2, Varint).int32(elementTypes[tensor.type]).tag(8, LengthDelimited).string(tensor.name);
  });
  return [head, ...nested(9, [tensor.data])];
}

/** NodeProto { input = 1, output = 2, op_type = 4, attribute = 5, domain = 7 } */
function writeNode(writer: BinaryWriter, node: Node): void {
  for (const input of node.inputs) writer.tag(1, LengthDelimited).string(input);
  for (const output of node.outputs) writer.tag(2, LengthDelimited).string(output);
  writer.tag(4, LengthDelimited).string(node.operator);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    writer.tag(5, LengthDelimited).fork();
    writeAttribute(writer, name, attribute);
    writer.join();
  }
  if (node.domain) writer.tag(7, LengthDelimited).string(node.domain);
}

/** AttributeProto { name = 1, f = 2, i = 3, ints = 8, type = 20 }; the type is 1 for a float, 2 for an int, 7 for ints. */
function writeAttribute(writer: BinaryWriter, name: string, attribute: Attribute): void {
  writer.tag(1, LengthDelimited).string(name);
  switch (attribute.kind) {
    case 'float':
      writer.tag(2, Bit32).float(attribute.value).tag(20, Varint).int32(1);
      break;
    case 'int':
      writer.tag(3, Varint).int64(attribute.value).tag(20, Varint).int32(2);
      break;
    case 'ints':
      for (const value of attribute.value) writer.tag(8, Varint).int64(value);
      writer.tag(20, Varint).int32(7);
      break;
    default:
      attribute satisfies never;
  }
}

/** ValueInfoProto { name, TypeProto { tensor_type { elem_type, TensorShapeProto { dim… } } } } */
function writeValueInfo(writer: BinaryWriter, value: ValueInfo): void {
  writer.tag(1, LengthDelimited).string(value.name);
  writer.tag(2, LengthDelimited).fork().tag(1, LengthDelimited).fork();
  writer.tag(1, Varint).int32(elementTypes[value.type]);
  writer.tag(2, LengthDelimited).fork();
  for (const dim of value.dims) {
    writer.tag(1, LengthDelimited).fork();
    if (typeof dim === 'number') writer.tag(1, Varint).int64(dim);
    else writer.tag(2, LengthDelimited).string(dim);
    writer.join();
  }
  writer.join().join().join();
}
