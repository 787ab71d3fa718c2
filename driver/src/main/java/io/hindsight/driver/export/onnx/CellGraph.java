package io.hindsight.driver.export.onnx;

import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NormBlocks;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.network.StateNoise;
import java.util.List;

/** The equations of a cell at one step, in the body of a loop. */
final class CellGraph {
  /**
   * A state.
   *
   * @param h (B, H)
   * @param c (B, H); empty for cells without one
   */
  record State(String h, String c) {}

  private final Graph body;
  private final LayerBlocks layer;
  private final NormGraph norms;

  CellGraph(Graph body, LayerBlocks layer, NormGraph norms) {
    this.body = body;
    this.layer = layer;
    this.norms = norms;
  }

  /**
   * The state after a step; with zoneout its mean.
   *
   * @param a of the input, W x + b // (B, G·H)
   * @param u of the state, U h + b' // (B, G·H)
   */
  State next(State before, String a, String u) {
    State made =
        layer.spec().cell() instanceof LstmCell
            ? lstm(before, a, u)
            : layer.spec().cell() instanceof GruCell ? gru(before, a, u) : rnn(a, u);
    StateNoise noise = layer.spec().noise();
    return new State(
        kept(before.h(), made.h(), noise.zoneoutHidden()),
        kept(before.c(), made.c(), noise.zoneoutCell()));
  }

  /** p·before + (1 − p)·now. */
  private String kept(String before, String now, double p) {
    return p == 0
        ? now
        : body.node(
            "Add",
            body.node("Mul", before, body.constant(p)),
            body.node("Mul", now, body.constant(1 - p)));
  }

  private State rnn(String a, String u) {
    Activation activation = ((RnnCell) layer.spec().cell()).activation();
    String z = body.node("Add", a, u);
    String h =
        switch (activation) {
          case TANH -> body.node("Tanh", z);
          case RELU -> body.node("Relu", z);
          case SIGMOID -> body.node("Sigmoid", z);
          case IDENTITY -> z;
        };
    return new State(h, "");
  }

  /** c' = f c + i g; h' = o tanh(c'), or o tanh(LN(c')). */
  private State lstm(State before, String a, String u) {
    List<String> gates = split(body.node("Add", a, u), 4);
    String i = body.node("Sigmoid", gates.get(0));
    String f = body.node("Sigmoid", gates.get(1));
    String g = body.node("Tanh", gates.get(2));
    String o = body.node("Sigmoid", gates.get(3));
    String c = body.node("Add", body.node("Mul", f, before.c()), body.node("Mul", i, g));
    String shown =
        layer.norms().flatMap(NormBlocks::cell).map(of -> norms.of(body, c, of)).orElse(c);
    return new State(body.node("Mul", o, body.node("Tanh", shown)), c);
  }

  /** n = tanh(a_n + r u_n); h' = (1 − z) n + z h. */
  private State gru(State before, String a, String u) {
    List<String> ofInput = split(a, 3);
    List<String> ofState = split(u, 3);
    String r = body.node("Sigmoid", body.node("Add", ofInput.get(0), ofState.get(0)));
    String z = body.node("Sigmoid", body.node("Add", ofInput.get(1), ofState.get(1)));
    String reset = body.node("Mul", r, ofState.get(2));
    String n = body.node("Tanh", body.node("Add", ofInput.get(2), reset));
    String rest = body.node("Sub", body.constant(1), z);
    String h = body.node("Add", body.node("Mul", rest, n), body.node("Mul", z, before.h()));
    return new State(h, "");
  }

  private List<String> split(String gates, int many) {
    return body.nodes("Split", many, List.of(gates), Attribute.of("axis", -1));
  }
}
