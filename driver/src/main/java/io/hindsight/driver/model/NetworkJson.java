package io.hindsight.driver.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.RnnCell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A {@link NetworkSpec} as the {@code network} object of {@code model.json}. */
final class NetworkJson {
  private NetworkJson() {}

  static ObjectNode write(NetworkSpec network) {
    ObjectNode json = Json.object();
    json.put("cell", network.cell().name());
    if (network.cell() instanceof RnnCell rnn) {
      json.put("activation", name(rnn.activation()));
    }
    json.putObject("input")
        .put("kind", name(network.input().kind()))
        .put("size", network.input().size());
    network.hidden().forEach(json.putArray("hidden")::add);
    json.putObject("output")
        .put("size", network.output().size())
        .put("loss", name(network.output().loss()))
        .put("at", name(network.output().at()));
    return json;
  }

  static NetworkSpec read(JsonNode json, String where) {
    JsonNode input = Json.object(json, "input", where);
    JsonNode output = Json.object(json, "output", where);
    try {
      return new NetworkSpec(
          new InputSpec(choice(InputSpec.Kind.values(), input, "kind", where), size(input, where)),
          cell(json, where),
          hidden(json.path("hidden"), where),
          new OutputSpec(
              size(output, where),
              choice(OutputSpec.Loss.values(), output, "loss", where),
              choice(OutputSpec.At.values(), output, "at", where)));
    } catch (IllegalArgumentException e) {
      throw Json.corrupt(where, "describes no network: " + e.getMessage());
    }
  }

  private static Cell cell(JsonNode json, String where) {
    String cell = Json.text(json, "cell", where);
    return switch (cell) {
      case "rnn" -> new RnnCell(choice(Activation.values(), json, "activation", where));
      case "lstm" -> new LstmCell();
      case "gru" -> new GruCell();
      default -> throw Json.corrupt(where, "has the cell '" + cell + "'; there are rnn, lstm, gru");
    };
  }

  private static List<Integer> hidden(JsonNode array, String where) {
    List<Integer> hidden = new ArrayList<>();
    for (JsonNode units : array) {
      if (!units.isInt()) {
        throw Json.corrupt(where, "needs integers in 'hidden', but has " + array);
      }
      hidden.add(units.intValue());
    }
    return hidden;
  }

  private static int size(JsonNode json, String where) {
    long size = Json.integer(json, "size", where);
    if (size > Integer.MAX_VALUE) {
      throw Json.corrupt(where, "has a 'size' of " + size);
    }
    return (int) size;
  }

  private static <E extends Enum<E>> E choice(
      E[] choices, JsonNode json, String field, String where) {
    String text = Json.text(json, field, where);
    for (E choice : choices) {
      if (name(choice).equals(text)) {
        return choice;
      }
    }
    List<String> names = Arrays.stream(choices).map(NetworkJson::name).toList();
    throw Json.corrupt(where, "has '%s' as its %s; there are %s".formatted(text, field, names));
  }

  /** An enum constant as configurations spell it. */
  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
