package io.hindsight.submit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Models that cannot be trained further, or not by this configuration. */
final class StartMistakes {
  private StartMistakes() {}

  static Stream<Mistake> all() {
    return Stream.of(
        Mistake.of(
            "model to start from not found",
            Mistake.DATA,
            (bench, dir) -> train(bench, dir, dir + "/absent"),
            "{dir}/absent",
            "no model directory",
            "check the path"),
        Mistake.of(
            "empty folder to start from",
            Mistake.DATA,
            (bench, dir) ->
                train(bench, dir, Files.createDirectory(dir.resolve("empty")).toString()),
            "{dir}/empty",
            "no MANIFEST.json",
            "name a finished run's model/"),
        Mistake.of(
            "another network than the model's to start from",
            Mistake.USAGE,
            (bench, dir) ->
                train(bench, dir, bench.forecastModel(), "--set", "model.hidden=[5, 4]"),
            "training.start-from",
            "model.hidden is [5, 4], but the model's is [4]",
            "leave out training.start-from"),
        Mistake.of(
            "other columns than the model's to start from",
            Mistake.USAGE,
            (bench, dir) -> train(bench, dir, bench.forecastModel(), "--set", "data.inputs=[y]"),
            "forecast/run/model",
            "data.inputs is [y], but the model's is [x]",
            "take over what the model has"),
        Mistake.of(
            "encoding of no model",
            Mistake.USAGE,
            (bench, dir) -> {
              List<String> command = new ArrayList<>(train(bench, dir, null));
              command.addAll(List.of("--encoding", "refit"));
              return command;
            },
            "training.encoding",
            "no model to start from",
            "in start-from"),
        Mistake.of(
            "unknown encoding",
            Mistake.USAGE,
            (bench, dir) -> train(bench, dir, bench.forecastModel(), "--encoding", "new"),
            "training.encoding",
            "'new'",
            "keep, refit"));
  }

  private static List<String> train(Workbench bench, Path dir, String start, String... options) {
    Path config = Workbench.config(dir, Workbench.FORECAST, bench.table());
    List<String> command = new ArrayList<>(Workbench.train(dir, config));
    if (start != null) {
      command.addAll(List.of("--start-from", start));
    }
    command.addAll(List.of(options));
    return command;
  }
}
