package io.hindsight.driver.export.torch;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The modules of {@code torch.nn} that a network is made of: {@code embed}, {@code rnn} and {@code
 * out}. Recurrent layers that are alike are one module of several layers, {@code rnn.weight_ih_l0};
 * others, and those that add what they read, a list of modules of one layer each, {@code
 * rnn.0.weight_ih_l0}.
 */
final class TorchModules {
  private static final Pattern RECURRENT =
      Pattern.compile("rnn\\.(\\w+)_l(\\d+)(|_reverse)(|\\.\\w+)");

  private TorchModules() {}

  /**
   * Refuses a network that these modules do not compute.
   *
   * @param option that asks for them, for errors
   * @throws ConfigException naming each layer and why
   */
  static void require(String option, NetworkSpec network) {
    List<String> reasons = new ArrayList<>();
    List<RecurrentSpec> layers = network.recurrent();
    for (int number = 0; number < layers.size(); number++) {
      int layer = number;
      obstacle(layers.get(number))
          .ifPresent(reason -> reasons.add("recurrent layer %d %s".formatted(layer, reason)));
    }
    if (!reasons.isEmpty()) {
      throw ConfigException.of(
          option,
          "the modules of torch.nn cannot compute this network: %s; use --onnx, or train without that"
              .formatted(String.join("; ", reasons)));
    }
  }

  private static Optional<String> obstacle(RecurrentSpec layer) {
    if (layer.layerNorm()) {
      return Optional.of("normalises its products (layer-norm), which no module of it does");
    }
    if (layer.noise().hasZoneout()) {
      return Optional.of("keeps a share of its state at each step (zoneout), which none does");
    }
    return layer.cell() instanceof RnnCell rnn && nonlinearity(rnn.activation()).isEmpty()
        ? Optional.of(
            "has the activation %s, and nn.RNN knows tanh and relu"
                .formatted(rnn.activation().word()))
        : Optional.empty();
  }

  private static Optional<String> nonlinearity(Activation activation) {
    return activation == Activation.TANH || activation == Activation.RELU
        ? Optional.of(activation.word())
        : Optional.empty();
  }

  /** Whether all recurrent layers are one module. */
  static boolean areStacked(NetworkSpec network) {
    List<RecurrentSpec> layers = network.recurrent();
    RecurrentSpec first = layers.get(0);
    return layers.stream()
        .allMatch(
            layer ->
                layer.cell().equals(first.cell())
                    && layer.hidden() == first.hidden()
                    && layer.bidirectional() == first.bidirectional()
                    && !layer.residual());
  }

  /**
   * The name of a tensor where recurrent layers are one module, or a list of them.
   *
   * @param block its name in a layout
   */
  static String name(String block, boolean stacked) {
    Matcher parts = RECURRENT.matcher(block);
    return stacked || !parts.matches()
        ? block
        : "rnn.%s.%s_l0%s%s"
            .formatted(parts.group(2), parts.group(1), parts.group(3), parts.group(4));
  }

  /**
   * The constructor's call of a recurrent module.
   *
   * @param inputs I of its first layer
   * @param layers how many are alike
   */
  static String constructor(RecurrentSpec layer, int inputs, int layers) {
    StringBuilder call = new StringBuilder();
    call.append("nn.%s(%d, %d".formatted(type(layer), inputs, layer.hidden()));
    if (layers > 1) {
      call.append(", num_layers=").append(layers);
    }
    if (layer.cell() instanceof RnnCell rnn) {
      call.append(", nonlinearity=\"%s\"".formatted(rnn.activation().word()));
    }
    call.append(", batch_first=True");
    return call.append(layer.bidirectional() ? ", bidirectional=True)" : ")").toString();
  }

  private static String type(RecurrentSpec layer) {
    return layer.cell().name().toUpperCase(Locale.ROOT);
  }
}
