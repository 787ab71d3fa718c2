package io.hindsight.driver.spark.codec;

import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.InputSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a network reads, as bytes. */
final class InputCodec {
  private InputCodec() {}

  static void write(DataOutput out, InputSpec input) throws IOException {
    ArrayCodec.writeText(out, input.kind().name());
    out.writeInt(input.features());
    out.writeInt(input.statics());
    out.writeInt(input.tables().size());
    for (EmbeddingSpec table : input.tables()) {
      out.writeInt(table.rows());
      out.writeInt(table.width());
      out.writeBoolean(table.ofSequence());
    }
  }

  static InputSpec read(DataInput in) throws IOException {
    InputSpec.Kind kind = InputSpec.Kind.valueOf(ArrayCodec.readText(in));
    int features = in.readInt();
    int statics = in.readInt();
    List<EmbeddingSpec> tables = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      tables.add(new EmbeddingSpec(in.readInt(), in.readInt(), in.readBoolean()));
    }
    return new InputSpec(kind, features, statics, tables);
  }
}
