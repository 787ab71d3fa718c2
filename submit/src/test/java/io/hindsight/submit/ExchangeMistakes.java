package io.hindsight.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Exports of what other programs cannot have, and imports of what does not fit. */
final class ExchangeMistakes {
  private ExchangeMistakes() {}

  static Stream<Mistake> all() {
    return Stream.concat(exports(), imports());
  }

  private static Stream<Mistake> exports() {
    return Stream.of(
        Mistake.of(
            "export of nothing",
            Mistake.USAGE,
            (bench, dir) -> export(bench.forecastModel()),
            "export",
            "nothing is asked for",
            "--onnx FILE"),
        Mistake.of(
            "export in a precision that is none",
            Mistake.USAGE,
            (bench, dir) ->
                export(bench.forecastModel(), "--onnx", dir + "/m.onnx", "--precision", "half"),
            "--precision",
            "'half'",
            "float or double"),
        Mistake.of(
            "export over a file",
            Mistake.DATA,
            (bench, dir) ->
                export(
                    bench.forecastModel(),
                    "--onnx",
                    Files.writeString(dir.resolve("m.onnx"), "mine").toString()),
            "--onnx",
            "{dir}/m.onnx",
            "delete it or name another"),
        Mistake.of(
            "export under a file",
            Mistake.USAGE,
            (bench, dir) ->
                export(
                    bench.forecastModel(),
                    "--onnx",
                    Files.writeString(dir.resolve("m"), "mine") + "/m.onnx"),
            "--onnx {dir}/m/m.onnx",
            "cannot be written",
            "in a folder that can be written"),
        Mistake.of(
            "export of the scaling of a text",
            Mistake.USAGE,
            (bench, dir) -> export(bench.textModel(), "--onnx", dir + "/m.onnx", "--with-scaling"),
            "--with-scaling",
            "this model reads none",
            "leave it out"),
        Mistake.of(
            "export of no model",
            Mistake.DATA,
            (bench, dir) -> export(dir + "/absent", "--pytorch", dir + "/exported"),
            "{dir}/absent",
            "no model directory",
            "check the path"));
  }

  private static List<String> export(String model, String... options) {
    List<String> command = new ArrayList<>(List.of("export", "--model", model));
    command.addAll(List.of(options));
    return command;
  }

  private static Stream<Mistake> imports() {
    return Stream.of(
        Mistake.of(
            "import of no file",
            Mistake.DATA,
            (bench, dir) -> imported(bench, dir, dir + "/absent.safetensors"),
            "--pytorch {dir}/absent.safetensors",
            "no such file",
            "check the path"),
        Mistake.of(
            "import of the directory that an export made",
            Mistake.DATA,
            (bench, dir) ->
                imported(bench, dir, Files.createDirectory(dir.resolve("exported")).toString()),
            "--pytorch {dir}/exported",
            "this is a directory",
            "name a safetensors file"),
        Mistake.of(
            "import under a file",
            Mistake.USAGE,
            (bench, dir) -> {
              List<String> command = imported(bench, dir, weights(bench));
              String under = Files.writeString(dir.resolve("m"), "mine") + "/model";
              command.set(command.indexOf("--output") + 1, under);
              return command;
            },
            "--output {dir}/m/model",
            "cannot be written",
            "in a folder that can be written"),
        Mistake.of(
            "import of another format",
            Mistake.DATA,
            (bench, dir) -> imported(bench, dir, bench.table().toString()),
            "waves.csv",
            "no safetensors file",
            "name a safetensors file"),
        Mistake.of(
            "import of another network",
            Mistake.DATA,
            (bench, dir) -> imported(bench, dir, weights(bench), "--set", "model.hidden=[5]"),
            "weights.safetensors holds another network",
            "needs 'rnn.weight_hh_l0' of shape [20, 5], but has one of shape [16, 4]; it needs",
            "make model.* of the configuration the network of the file"),
        Mistake.of(
            "import by a module that no network has",
            Mistake.USAGE,
            (bench, dir) -> imported(bench, dir, weights(bench), "--module", "lstm=rnn"),
            "--module lstm=rnn",
            "rnn, out and embed",
            "write rnn=lstm"),
        Mistake.of(
            "import of a run that starts from another model",
            Mistake.USAGE,
            (bench, dir) ->
                imported(
                    bench,
                    dir,
                    weights(bench),
                    "--set",
                    "training.start-from=" + bench.forecastModel()),
            "training.start-from",
            "forecast/run/model",
            "delete the line"));
  }

  private static String weights(Workbench bench) throws IOException {
    return bench.forecastModel() + "/weights.safetensors";
  }

  private static List<String> imported(Workbench bench, Path dir, String file, String... options) {
    Path config = Workbench.config(dir, Workbench.FORECAST, bench.table());
    List<String> command = new ArrayList<>(List.of("import", config.toString()));
    command.addAll(List.of("--pytorch", file, "--output", dir + "/model"));
    command.addAll(List.of(options));
    return command;
  }
}
