package io.hindsight.driver.export.onnx;

/**
 * An attribute of a node.
 *
 * @param message as ONNX has it
 */
record Attribute(ProtoMessage message) {
  private static final int INTEGER = 2;
  private static final int TEXT = 3;
  private static final int GRAPH = 5;
  private static final int SINGLES = 6;
  private static final int INTEGERS = 7;
  private static final int TEXTS = 8;

  static Attribute of(String name, long value) {
    return new Attribute(named(name).integer(3, value).integer(20, INTEGER));
  }

  static Attribute of(String name, String value) {
    return new Attribute(named(name).text(4, value).integer(20, TEXT));
  }

  static Attribute of(String name, ProtoMessage graph) {
    return new Attribute(named(name).message(6, graph).integer(20, GRAPH));
  }

  static Attribute ofEach(String name, long... values) {
    return new Attribute(named(name).integers(8, values).integer(20, INTEGERS));
  }

  static Attribute ofEach(String name, float... values) {
    return new Attribute(named(name).singles(7, values).integer(20, SINGLES));
  }

  static Attribute ofEach(String name, String... values) {
    ProtoMessage message = named(name);
    for (String value : values) {
      message.text(9, value);
    }
    return new Attribute(message.integer(20, TEXTS));
  }

  private static ProtoMessage named(String name) {
    return new ProtoMessage().text(1, name);
  }
}
