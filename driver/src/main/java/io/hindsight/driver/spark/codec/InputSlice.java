package io.hindsight.driver.spark.codec;

import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.LeftOut.Reason;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoded.EncodedInput.Omitted;
import io.hindsight.driver.answer.KeptInput;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.ArrayList;
import java.util.List;

/** Some consecutive sequences that the driver has read, on their way to a task. */
public final class InputSlice implements Externalizable {
  private static final long serialVersionUID = 1L;

  private transient List<KeptInput> inputs;

  /** For deserialization only. */
  public InputSlice() {}

  /**
   * A slice.
   *
   * @param inputs not copied, not to be changed
   */
  public InputSlice(List<KeptInput> inputs) {
    this.inputs = inputs;
  }

  /** The sequences in their order. */
  public List<KeptInput> inputs() {
    return inputs;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    DataOutputStream data = new DataOutputStream(new BufferedOutputStream(PlainStreams.of(out)));
    data.writeInt(inputs.size());
    for (KeptInput each : inputs) {
      EncodedInput input = each.input();
      data.writeBoolean(input instanceof Encoded);
      if (input instanceof Encoded encoded) {
        write(data, encoded);
      } else {
        write(data, ((Omitted) input).leftOut());
      }
      writeTexts(data, each.kept());
    }
    data.flush();
  }

  private static void write(DataOutput out, Encoded input) throws IOException {
    out.writeInt(input.sequence().length());
    SequenceCodec.write(out, input.sequence());
    writeTexts(out, input.times());
    writeTexts(out, input.targetTimes());
    ArrayCodec.writeDoubles(out, input.series() == null ? new double[0] : input.series().toArray());
    ArrayCodec.writeDoubles(out, input.scale() == null ? new double[0] : input.scale());
    out.writeBoolean(input.later() != null); // of one step ahead it is empty
    if (input.later() != null) {
      ArrayCodec.writeDoubles(out, input.later());
    }
  }

  private static void write(DataOutput out, LeftOut leftOut) throws IOException {
    ArrayCodec.writeText(out, leftOut.id());
    ArrayCodec.writeText(out, leftOut.time());
    ArrayCodec.writeText(out, leftOut.reason().name());
    out.writeInt(leftOut.steps());
    out.writeInt(leftOut.needed());
  }

  private static void writeTexts(DataOutput out, List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      ArrayCodec.writeText(out, text);
    }
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    DataInputStream data = new DataInputStream(PlainStreams.of(in));
    try {
      int count = data.readInt();
      List<KeptInput> read = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        EncodedInput input = data.readBoolean() ? readEncoded(data) : readOmitted(data);
        read.add(new KeptInput(input, readTexts(data)));
      }
      inputs = List.copyOf(read);
    } catch (IllegalArgumentException malformed) {
      throw new IOException("malformed sequences: " + malformed, malformed);
    }
  }

  private static Encoded readEncoded(DataInput in) throws IOException {
    int length = in.readInt();
    return new Encoded(
        SequenceCodec.read(in, length, 0, length),
        readTexts(in),
        readTexts(in),
        RowNumbers.of(nullIfEmpty(ArrayCodec.readDoubles(in))),
        nullIfEmpty(ArrayCodec.readDoubles(in)),
        in.readBoolean() ? ArrayCodec.readDoubles(in) : null);
  }

  private static Omitted readOmitted(DataInput in) throws IOException {
    String id = ArrayCodec.readText(in);
    String time = ArrayCodec.readText(in);
    Reason reason = Reason.valueOf(ArrayCodec.readText(in));
    return new Omitted(new LeftOut(id, time, reason, in.readInt(), in.readInt()));
  }

  private static List<String> readTexts(DataInput in) throws IOException {
    int count = in.readInt();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(ArrayCodec.readText(in));
    }
    return texts;
  }

  private static double[] nullIfEmpty(double[] values) {
    return values.length == 0 ? null : values;
  }
}
