package io.hindsight.driver.export.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A graph of ONNX as it grows, or the body of a loop in one. Values are known by their names, which
 * every node makes anew; numbers that never change belong to the whole graph.
 */
final class Graph {
  private final Precision precision;
  private final AtomicInteger count;
  private final List<ProtoMessage> constants; // of the whole graph
  private final List<ProtoMessage> nodes = new ArrayList<>();
  private final List<ProtoMessage> inputs = new ArrayList<>();
  private final List<ProtoMessage> outputs = new ArrayList<>();

  /** An empty graph. */
  Graph(Precision precision) {
    this(precision, new AtomicInteger(), new ArrayList<>());
  }

  private Graph(Precision precision, AtomicInteger count, List<ProtoMessage> constants) {
    this.precision = precision;
    this.count = count;
    this.constants = constants;
  }

  /** The body of a loop, which reads the values of this graph, too. */
  Graph body() {
    return new Graph(precision, count, constants);
  }

  Precision precision() {
    return precision;
  }

  private String name(String of) {
    return of + "_" + count.getAndIncrement();
  }

  /** Adds an input and returns its name; {@code shape} as {@link OnnxMessages#value} takes it. */
  String input(String name, int type, List<?> shape, String words) {
    inputs.add(OnnxMessages.value(name, type, shape, words));
    return name;
  }

  /** An input of a body: numbers. */
  String input(String of) {
    return input(name(of), precision.type(), List.of("batch", "units"), "");
  }

  /** Gives a value the name of an output. */
  void output(String value, String name, List<?> shape, String words) {
    nodes.add(OnnxMessages.node("Identity", List.of(value), List.of(name)));
    outputs.add(OnnxMessages.value(name, precision.type(), shape, words));
  }

  /** Gives a value of a body a name of its own as an output. */
  void output(String value) {
    output(value, name("out"), List.of("batch", "units"), "");
  }

  /** Adds a node of one output, without attributes. */
  String node(String operator, String... values) {
    return node(operator, List.of(values));
  }

  /** Adds a node of one output. */
  String node(String operator, List<String> values, Attribute... attributes) {
    return nodes(operator, 1, values, attributes).get(0);
  }

  /** Adds a node of several outputs. */
  List<String> nodes(String operator, int many, List<String> values, Attribute... attributes) {
    List<String> made = IntStream.range(0, many).mapToObj(i -> name(operator)).toList();
    nodes.add(OnnxMessages.node(operator, values, made, attributes));
    return made;
  }

  /** Numbers of the graph's precision; of shape () for a scalar. */
  String constant(double[] values, long... shape) {
    return constant(precision.type(), precision.raw(values), shape);
  }

  /** One such number. */
  String constant(double value) {
    return constant(new double[] {value});
  }

  /** Whole numbers, a vector. */
  String integers(long... values) {
    ByteBuffer raw = ProtoMessage.littleEndian(values.length * Long.BYTES);
    raw.asLongBuffer().put(values);
    return constant(OnnxMessages.INT64, raw.array(), values.length);
  }

  /** One whole number. */
  String integer(long value) {
    byte[] raw = ProtoMessage.littleEndian(Long.BYTES).putLong(value).array();
    return constant(OnnxMessages.INT64, raw);
  }

  private String constant(int type, byte[] raw, long... shape) {
    String name = name("constant");
    constants.add(OnnxMessages.tensor(name, type, raw, shape));
    return name;
  }

  /** A matrix or vector of a network, row-major, that stands in a larger array. */
  String transposed(double[] values, int offset, int rows, int columns) {
    double[] transposed = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        transposed[column * rows + row] = values[offset + row * columns + column];
      }
    }
    return constant(transposed, columns, rows);
  }

  /** A value in another order of its dimensions. */
  String transpose(String value, long... order) {
    return node("Transpose", List.of(value), Attribute.ofEach("perm", order));
  }

  /** Values side by side. */
  String concat(int axis, List<String> values) {
    return values.size() == 1 ? values.get(0) : node("Concat", values, Attribute.of("axis", axis));
  }

  /** Elements [from, to) of an axis; −1 is the last one. */
  String slice(String value, int axis, long from, long to) {
    return node("Slice", value, integers(from), integers(to), integers(axis));
  }

  /** A dimension of a value, as a vector of one element. */
  String size(String value, int axis) {
    return node("Gather", node("Shape", value), integers(axis));
  }

  /** The message of the whole graph, or of a body. */
  ProtoMessage message(String name, boolean whole) {
    return OnnxMessages.graph(name, nodes, whole ? constants : List.of(), inputs, outputs);
  }
}
