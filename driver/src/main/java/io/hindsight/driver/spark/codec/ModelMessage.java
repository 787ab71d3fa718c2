package io.hindsight.driver.spark.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.answer.Choice;
import io.hindsight.driver.answer.Samples;
import io.hindsight.driver.config.BpttConfig;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model on its way to the tasks, once for each executor: network, weights, encoding as JSON,
 * windows.
 */
public final class ModelMessage implements Externalizable {
  private static final long serialVersionUID = 1L;
  private static final int NONE = -1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private transient AnsweringModel model;

  /** For deserialization only. */
  public ModelMessage() {}

  /** The message of a model. */
  public ModelMessage(AnsweringModel model) {
    this.model = model;
  }

  /** The model, one object for all tasks of a process. */
  public AnsweringModel model() {
    return model;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    NetworkCodec.write(out, model.network());
    ArrayCodec.writeDoubles(out, model.parameters().values());
    ArrayCodec.writeText(out, JSON.writeValueAsString(model.encoding().toJson()));
    BpttConfig bptt = model.bptt();
    out.writeInt(bptt.window().orElse(0));
    out.writeInt(bptt.stride());
    out.writeBoolean(bptt.carryState());
    out.writeInt(model.choice().beam());
    out.writeInt(model.choice().from().map(Choice.From::positive).orElse(NONE));
    out.writeDouble(model.choice().from().map(Choice.From::threshold).orElse(0.0));
    out.writeInt(model.choice().samples().map(Samples::count).orElse(0));
    out.writeLong(model.choice().samples().map(Samples::seed).orElse(0L));
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    try {
      NetworkSpec spec = NetworkCodec.read(in);
      Parameters weights = new Parameters(new ParameterLayout(spec), ArrayCodec.readDoubles(in));
      Encoding encoding = Encoding.fromJson(JSON.readTree(ArrayCodec.readText(in)));
      BpttConfig bptt = readBptt(in);
      model = new AnsweringModel(weights, (Encoding.Table) encoding, bptt, readChoice(in));
    } catch (IllegalArgumentException | ClassCastException | DataException malformed) {
      throw new IOException("malformed model: " + malformed, malformed);
    }
  }

  private static Choice readChoice(ObjectInput in) throws IOException {
    int beam = in.readInt();
    int positive = in.readInt();
    double threshold = in.readDouble();
    int samples = in.readInt();
    long seed = in.readLong();
    return new Choice(
        beam,
        positive == NONE ? Optional.empty() : Optional.of(new Choice.From(positive, threshold)),
        samples == 0 ? Optional.empty() : Optional.of(new Samples(samples, seed)));
  }

  /** How gradients flow back is of no matter here. */
  private static BpttConfig readBptt(ObjectInput in) throws IOException {
    int window = in.readInt();
    OptionalInt steps = window > 0 ? OptionalInt.of(window) : OptionalInt.empty();
    return new BpttConfig(steps, in.readInt(), in.readBoolean(), Optional.empty());
  }
}
