package io.hindsight.driver.spark.codec;

import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;

/**
 * What a step's tasks share: the weights and the request. Weights are packed once per process, by
 * the first task that needs them.
 */
public final class StepInput implements Externalizable {
  private static final long serialVersionUID = 1L;

  private transient Parameters parameters;
  private transient StepRequest request;
  private transient PackedWeights packed;
  private transient Pieces pieces;

  /** For deserialization only. */
  public StepInput() {}

  /**
   * A step's input.
   *
   * @param parameters not copied
   * @param request its fingerprint is that of the parameters
   */
  public StepInput(Parameters parameters, StepRequest request) {
    this.parameters = parameters;
    this.request = request;
  }

  /** The weights; not to be changed until every result is there. */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * As {@link StepBytes#ofInput} writes it; once for all who fetch it.
   *
   * @param most longest piece, in bytes; the same at every call
   */
  public synchronized Pieces pieces(int most) {
    if (pieces == null) {
      pieces = StepBytes.ofInput(parameters, request, most);
    }
    return pieces;
  }

  /** The request. */
  public StepRequest request() {
    return request;
  }

  /**
   * The weights as the kernels read them.
   *
   * @throws IllegalStateException if they are not those of the request
   */
  public synchronized PackedWeights packed() {
    if (packed == null) {
      long fingerprint = parameters.fingerprint();
      if (fingerprint != request.weights()) {
        throw new IllegalStateException(
            "step %d has weights %x, but asks for a gradient at %x"
                .formatted(request.step(), fingerprint, request.weights()));
      }
      packed = new PackedWeights(parameters.layout().spec());
      packed.pack(parameters);
    }
    return packed;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    NetworkCodec.write(out, parameters.layout().spec());
    ArrayCodec.writeDoubles(out, parameters.values());
    StepCodec.write(out, request);
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    NetworkSpec spec = NetworkCodec.read(in);
    try {
      parameters = new Parameters(new ParameterLayout(spec), ArrayCodec.readDoubles(in));
      request = StepCodec.readRequest(in, spec);
    } catch (RuntimeException malformed) { // such as weights of another network
      throw new IOException("malformed input: " + malformed, malformed);
    }
  }
}
