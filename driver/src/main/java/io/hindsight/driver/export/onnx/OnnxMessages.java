package io.hindsight.driver.export.onnx;

import java.util.List;
import java.util.Map;

/**
 * The messages of ONNX that an export is made of, with their fields of the public {@code
 * onnx.proto3}; all others are left out.
 *
 * <pre>
 * ModelProto          1 ir_version, 2 producer_name, 3 producer_version, 7 graph (GraphProto),
 *                     8 opset_import (1 domain, 2 version), 14 metadata_props (1 key, 2 value)
 * GraphProto          1 node (NodeProto), 2 name, 5 initializer (TensorProto),
 *                     11 input, 12 output (ValueInfoProto)
 * NodeProto           1 input, 2 output, 3 name, 4 op_type, 5 attribute (AttributeProto)
 * AttributeProto      1 name, 3 i, 4 s, 6 g (GraphProto), 7 floats, 8 ints, 9 strings, 20 type
 * TensorProto         1 dims, 2 data_type, 8 name, 9 raw_data (little-endian, row-major)
 * ValueInfoProto      1 name, 2 type (1 tensor_type (1 elem_type, 2 shape (1 dim
 *                     (1 dim_value, 2 dim_param)))), 3 doc_string
 * </pre>
 */
final class OnnxMessages {
  /** Of tensors: numbers of single precision. */
  static final int FLOAT = 1;

  /** Of tensors: 32-bit integers. */
  static final int INT32 = 6;

  /** Of tensors: 64-bit integers. */
  static final int INT64 = 7;

  /** Of tensors: numbers of double precision. */
  static final int DOUBLE = 11;

  private static final int IR_VERSION = 8; // of ONNX 1.12, which brought the operators below
  private static final int OPERATORS = 17;

  private OnnxMessages() {}

  static ProtoMessage model(ProtoMessage graph, String version, Map<String, String> metadata) {
    ProtoMessage model =
        new ProtoMessage()
            .integer(1, IR_VERSION)
            .text(2, "Hindsight")
            .text(3, version)
            .message(7, graph)
            .message(8, new ProtoMessage().text(1, "").integer(2, OPERATORS));
    metadata.forEach(
        (key, value) -> model.message(14, new ProtoMessage().text(1, key).text(2, value)));
    return model;
  }

  static ProtoMessage graph(
      String name,
      List<ProtoMessage> nodes,
      List<ProtoMessage> initializers,
      List<ProtoMessage> inputs,
      List<ProtoMessage> outputs) {
    ProtoMessage graph = new ProtoMessage();
    nodes.forEach(node -> graph.message(1, node));
    graph.text(2, name);
    initializers.forEach(tensor -> graph.message(5, tensor));
    inputs.forEach(value -> graph.message(11, value));
    outputs.forEach(value -> graph.message(12, value));
    return graph;
  }

  static ProtoMessage node(
      String operator, List<String> inputs, List<String> outputs, Attribute... attributes) {
    ProtoMessage node = new ProtoMessage();
    inputs.forEach(input -> node.text(1, input));
    outputs.forEach(output -> node.text(2, output));
    node.text(3, outputs.get(0)).text(4, operator);
    for (Attribute attribute : attributes) {
      node.message(5, attribute.message());
    }
    return node;
  }

  static ProtoMessage tensor(String name, int type, byte[] raw, long... shape) {
    return new ProtoMessage().integers(1, shape).integer(2, type).text(8, name).bytes(9, raw);
  }

  /**
   * An input or output.
   *
   * @param shape numbers, and names of sizes that differ from call to call
   * @param words what it holds
   */
  static ProtoMessage value(String name, int type, List<?> shape, String words) {
    ProtoMessage dimensions = new ProtoMessage();
    for (Object size : shape) {
      dimensions.message(
          1,
          size instanceof Integer known
              ? new ProtoMessage().integer(1, known)
              : new ProtoMessage().text(2, size.toString()));
    }
    ProtoMessage tensor = new ProtoMessage().integer(1, type).message(2, dimensions);
    ProtoMessage value =
        new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
    return words.isEmpty() ? value : value.text(3, words);
  }
}
