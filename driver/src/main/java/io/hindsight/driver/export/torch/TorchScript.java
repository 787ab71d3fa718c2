package io.hindsight.driver.export.torch;

import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.RecurrentSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Python script that builds a network of modules of {@code torch.nn}, reads its weights, and
 * answers sequences. It needs PyTorch and nothing else.
 */
final class TorchScript {
  private static final String FRAME =
      """
      \"""%s; weights of SHA-256 %s.

      python3 model.py < sequence.json, where the file holds one sequence as the network reads it:
      %s.
      Also: from model import load; load()(...) with a batch (B, ...) of sequences of one length.
      \"""
      import json
      import os
      import struct
      import sys

      import torch
      from torch import nn

      %s
      class Model(nn.Module):
          def __init__(self):
              super().__init__()
      %s

          def forward(self, %s):
      %s


      def load(path=os.path.join(os.path.dirname(os.path.abspath(__file__)), "%s")):
          with open(path, "rb") as file:
              header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
              data = bytearray(file.read())
          header.pop("__metadata__", None)
          tensors = {}
          for name, of in header.items():
              begin, end = of["data_offsets"]
              values = torch.frombuffer(data[begin:end], dtype=torch.float64)
              tensors[name] = values.reshape(of["shape"])
      %s    model = Model().double()
          model.load_state_dict(tensors)
          return model.eval()


      if __name__ == "__main__":
          read = json.load(sys.stdin)
          types = {"features": torch.float64, "statics": torch.float64}
          inputs = {name: torch.tensor([of], dtype=types.get(name)) for name, of in read.items()}
          with torch.no_grad():
              print(json.dumps(load()(**inputs)[0].tolist()))
      """;

  private final NetworkSpec network;
  private final InputSpec input;

  TorchScript(NetworkSpec network) {
    this.network = network;
    input = network.input();
  }

  /**
   * The text.
   *
   * @param name of the model
   * @param weightsSha256 hash of its weights
   * @param weights name of their file
   */
  String text(String name, String weightsSha256, String weights) {
    TorchAnswers answers = new TorchAnswers(network.output());
    List<String> forward = new ArrayList<>(input());
    forward.addAll(recurrent());
    forward.add("z = self.out(x)");
    forward.addAll(answers.lines());
    String helpers =
        answers.helpers().stream().map(line -> line + "\n").collect(Collectors.joining());
    return FRAME.formatted(
        name.replaceAll("[\\\\\"]", "'"),
        weightsSha256,
        documented(),
        helpers,
        indented(modules()),
        String.join(", ", inputs()),
        indented(forward),
        weights,
        tied() ? "    tensors[\"out.weight\"] = tensors[\"embed.0.weight\"]\n" : "");
  }

  private static String indented(List<String> lines) {
    return lines.stream().map(line -> "        " + line).collect(Collectors.joining("\n"));
  }

  private boolean tied() {
    return network.output().tied();
  }

  private String documented() {
    List<String> keys = new ArrayList<>();
    for (String name : inputs()) {
      keys.add(
          switch (name) {
            case "tokens" -> "\"tokens\": [T ids, -1 for none]";
            case "features" -> "\"features\": [T lists of %d]".formatted(input.ownNumbers());
            case "categories" ->
                "\"categories\": [T lists of %d]".formatted(input.stepCategories());
            case "statics" -> "\"statics\": [%d numbers]".formatted(input.statics());
            default -> "\"static_categories\": [%d ids]".formatted(input.sequenceCategories());
          });
    }
    return "{" + String.join(", ", keys) + "}";
  }

  /** What forward reads, in order. */
  private List<String> inputs() {
    if (input.isTokens()) {
      return List.of("tokens");
    }
    List<String> names = new ArrayList<>();
    if (input.ownNumbers() > 0 || input.stepCategories() == 0) {
      names.add("features");
    }
    if (input.stepCategories() > 0) {
      names.add("categories");
    }
    if (input.statics() > 0) {
      names.add("statics");
    }
    if (input.sequenceCategories() > 0) {
      names.add("static_categories");
    }
    return names;
  }

  private List<String> modules() {
    List<String> lines = new ArrayList<>();
    if (input.isEmbedded()) {
      lines.add(
          "self.embed = nn.ModuleList([%s])"
              .formatted(
                  input.tables().stream()
                      .map(table -> "nn.Embedding(%d, %d)".formatted(table.rows(), table.width()))
                      .collect(Collectors.joining(", "))));
    }
    lines.add("self.rnn = " + recurrentModules());
    OutputSpec output = network.output();
    lines.add("self.out = nn.Linear(%d, %d)".formatted(network.topRows(), output.logits()));
    if (tied()) {
      lines.add("self.out.weight = self.embed[0].weight");
    }
    return lines;
  }

  private String recurrentModules() {
    List<RecurrentSpec> layers = network.recurrent();
    List<Integer> inputs = network.recurrentInputs();
    if (TorchModules.areStacked(network)) {
      return TorchModules.constructor(layers.get(0), inputs.get(0), layers.size());
    }
    return "nn.ModuleList([%s])"
        .formatted(
            IntStream.range(0, layers.size())
                .mapToObj(l -> TorchModules.constructor(layers.get(l), inputs.get(l), 1))
                .collect(Collectors.joining(", ")));
  }

  /** x (B, T, I) of what is read. */
  private List<String> input() {
    if (input.isTokens()) {
      return List.of(
          input.isEmbedded()
              ? "x = self.embed[0](tokens.clamp(min=0)) * (tokens >= 0).unsqueeze(-1)"
              : "x = (tokens.unsqueeze(-1) == torch.arange(%d)).double()"
                  .formatted(input.features()));
    }
    if (!input.isComposed()) {
      return List.of("x = features");
    }
    String first = inputs().get(0);
    return List.of(
        "steps = %s.shape[1]".formatted(first),
        "x = torch.cat([%s], -1)".formatted(String.join(", ", composed(first))));
  }

  private List<String> composed(String first) {
    String atEachStep = ".unsqueeze(1).expand(-1, steps, -1)";
    List<String> parts = new ArrayList<>();
    if (first.equals("features")) {
      parts.add("features");
    }
    List<String> ofSequence = new ArrayList<>();
    int own = input.stepCategories();
    for (int k = 0; k < input.tables().size(); k++) {
      EmbeddingSpec table = input.tables().get(k);
      if (table.ofSequence()) {
        String row = "self.embed[%d](static_categories[:, %d])".formatted(k, k - own);
        ofSequence.add(row + atEachStep);
      } else {
        parts.add("self.embed[%d](categories[..., %d])".formatted(k, k));
      }
    }
    if (input.statics() > 0) {
      parts.add("statics" + atEachStep);
    }
    parts.addAll(ofSequence);
    return parts;
  }

  /** The top layer's h, (B, T, H) or of the last step (B, H). */
  private List<String> recurrent() {
    List<String> lines = new ArrayList<>();
    List<RecurrentSpec> layers = network.recurrent();
    if (TorchModules.areStacked(network)) {
      lines.add("x, _ = self.rnn(x)");
    } else {
      for (int l = 0; l < layers.size(); l++) {
        String sum = layers.get(l).residual() ? "x + " : "";
        lines.add("x = %sself.rnn[%d](x)[0]".formatted(sum, l));
      }
    }
    if (network.output().at() == OutputSpec.At.LAST_STEP) {
      RecurrentSpec top = layers.get(layers.size() - 1);
      int units = top.hidden();
      lines.add(
          top.bidirectional()
              ? "x = torch.cat([x[:, -1, :%d], x[:, 0, %d:]], -1)".formatted(units, units)
              : "x = x[:, -1]");
    }
    return lines;
  }
}
