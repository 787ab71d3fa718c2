package io.hindsight.driver.engine.wire;

import io.hindsight.driver.shard.Shard;
import io.hindsight.kernels.batch.Sequence;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A shard and its sequences as bytes. */
final class ShardForm {
  private ShardForm() {}

  static void write(DataOutput out, Shard shard) throws IOException {
    out.writeInt(shard.id());
    out.writeInt(shard.firstBlock());
    out.writeInt(shard.blocks());
    out.writeInt(shard.slots());
    for (int slot = 0; slot < shard.slots(); slot++) {
      out.writeInt(shard.size(slot));
      for (int rank = 0; rank < shard.size(slot); rank++) {
        write(out, shard.sequence(slot, rank));
      }
    }
  }

  static Shard read(DataInput in) throws IOException {
    int id = in.readInt();
    int firstBlock = in.readInt();
    int blocks = in.readInt();
    List<List<Sequence>> slots = new ArrayList<>();
    for (int slot = in.readInt(); slot > 0; slot--) {
      List<Sequence> sequences = new ArrayList<>();
      for (int rank = in.readInt(); rank > 0; rank--) {
        sequences.add(readSequence(in));
      }
      slots.add(sequences);
    }
    return new Shard(id, firstBlock, blocks, slots);
  }

  static void write(DataOutput out, Sequence sequence) throws IOException {
    Bytes.writeText(out, sequence.id());
    out.writeInt(sequence.length());
    out.writeInt(sequence.firstTarget());
    out.writeBoolean(sequence.isTokens());
    if (sequence.isTokens()) {
      Bytes.writeInts(out, sequence.tokens());
    } else {
      Bytes.writeDoubles(out, sequence.features());
    }
    out.writeBoolean(sequence.targets() != null);
    if (sequence.targets() != null) {
      Bytes.writeDoubles(out, sequence.targets());
    }
    out.writeBoolean(sequence.classes() != null);
    if (sequence.classes() != null) {
      Bytes.writeInts(out, sequence.classes());
    }
  }

  static Sequence readSequence(DataInput in) throws IOException {
    String id = Bytes.readText(in);
    int length = in.readInt();
    int firstTarget = in.readInt();
    Sequence sequence =
        in.readBoolean()
            ? Sequence.ofTokens(id, Bytes.readInts(in))
            : Sequence.ofFeatures(id, Bytes.readDoubles(in), length);
    if (in.readBoolean()) {
      sequence = sequence.withTargets(Bytes.readDoubles(in));
    }
    if (in.readBoolean()) {
      sequence = sequence.withClasses(Bytes.readInts(in));
    }
    return sequence.scoredFrom(firstTarget);
  }
}
