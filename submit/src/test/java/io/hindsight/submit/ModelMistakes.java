package io.hindsight.submit;

import static io.hindsight.submit.Mistake.DATA;
import static io.hindsight.submit.Mistake.USAGE;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Models that cannot be used, and sound ones put to a use that they do not fit. */
final class ModelMistakes {
  private static final String WEIGHTS = "weights.safetensors";
  private static final String MODEL = "model.json";
  private static final String MANIFEST = "MANIFEST.json";

  private ModelMistakes() {}

  /** Spoils a copy of a model. */
  private interface Spoiler {
    void spoil(Path model) throws IOException;
  }

  /** A sound model. */
  private interface Source {
    String of(Workbench bench) throws IOException;
  }

  static Stream<Mistake> all() {
    return Stream.of(damaged(), contradictory(), otherData(), otherUses())
        .flatMap(mistakes -> mistakes);
  }

  private static Stream<Mistake> damaged() {
    return Stream.of(
        Mistake.of(
            "model not found",
            DATA,
            (bench, dir) -> List.of("evaluate", "--model", dir + "/absent"),
            "{dir}/absent",
            "no model directory",
            "check the path"),
        Mistake.of(
            "model is a file",
            DATA,
            (bench, dir) -> List.of("evaluate", "--model", bench.table().toString()),
            "waves.csv",
            "no MANIFEST.json",
            "name a finished run's model/"),
        Mistake.of(
            "report of nothing",
            USAGE,
            (bench, dir) -> List.of("report", dir + "/absent"),
            "{dir}/absent",
            "no run directory",
            "name one of 'train'"),
        Mistake.of(
            "replay of a model",
            DATA,
            (bench, dir) -> List.of("replay", bench.forecastModel()),
            "/model",
            "holds no step that was not finite",
            "name a folder of a run's diverged/"),
        Mistake.of(
            "replay of nothing",
            DATA,
            (bench, dir) -> List.of("replay", dir + "/diverged/step-000000001"),
            "{dir}/diverged/step-000000001",
            "no model directory",
            "check the path"),
        Mistake.of(
            "diagnosis of nothing",
            DATA,
            (bench, dir) -> List.of("diagnose", dir + "/absent"),
            "{dir}/absent",
            "no model directory",
            "check the path"),
        Mistake.of(
            "diagnosis of a run without weights",
            DATA,
            (bench, dir) -> {
              Workbench.file(dir, "config.yaml", "name: cut off");
              return List.of("diagnose", dir.toString());
            },
            "{dir}",
            "neither a checkpoint nor a model",
            "train with training.checkpoint"),
        spoilt(
            "no manifest",
            model -> Files.delete(model.resolve(MANIFEST)),
            "copy",
            "no MANIFEST.json",
            "name a finished run's model/"),
        spoilt(
            "manifest is no JSON",
            model -> Files.writeString(model.resolve(MANIFEST), "files:"),
            MANIFEST,
            "not valid JSON",
            "copy it again"),
        spoilt(
            "manifest of another format",
            model -> replace(model, MANIFEST, "hindsight-manifest", "other"),
            MANIFEST,
            "'other'",
            "copy it again"),
        spoilt(
            "manifest of a newer format",
            model -> replace(model, MANIFEST, "\"format_version\" : 1", "\"format_version\" : 2"),
            MANIFEST,
            "version 2",
            "use the version that wrote it"),
        spoilt(
            "manifest that leads elsewhere",
            model -> replace(model, MANIFEST, MODEL, "../" + MODEL),
            MANIFEST,
            "'../model.json'",
            "do not use the directory"),
        spoilt(
            "truncated weights",
            ModelMistakes::truncate,
            WEIGHTS,
            "bytes, but has",
            "copy the directory again"),
        spoilt(
            "flipped bit in the weights",
            ModelMistakes::flip,
            WEIGHTS,
            "SHA-256",
            "copy the directory again"),
        spoilt(
            "missing weights",
            model -> Files.delete(model.resolve(WEIGHTS)),
            WEIGHTS,
            "missing",
            "copy the directory again"),
        spoilt(
            "foreign file",
            model -> Files.writeString(model.resolve("notes.txt"), "mine"),
            "notes.txt",
            "not in the manifest",
            "move the file"),
        spoilt(
            "description of a newer format",
            model -> consistently(model, "\"format_version\" : 1", "\"format_version\" : 9"),
            MODEL,
            "version 9",
            "use the version that wrote it"),
        spoilt(
            "description of another network",
            model -> consistently(model, "\"hidden\" : [ 4 ]", "\"hidden\" : [ 5 ]"),
            WEIGHTS,
            "shape",
            "use the weights that belong"),
        spoilt(
            "description of an unknown cell",
            model -> consistently(model, "\"lstm\"", "\"mgu\""),
            MODEL,
            "'mgu'",
            "copy it again"),
        spoilt(
            "weights of another run",
            model -> consistently(model, "\"weights_sha256\" : \"", "\"weights_sha256\" : \"00"),
            WEIGHTS,
            "SHA-256 00",
            "copy the directory again"));
  }

  private static Stream<Mistake> contradictory() {
    return Stream.of(
        contradiction(
            "vocabulary longer than the inputs",
            Workbench::textModel,
            "\"vocabulary\" : \" .acehmnost\"",
            "\"vocabulary\" : \" .acehmnostz\"",
            "the vocabulary gives 12 inputs, but the network has 11 inputs"),
        contradiction(
            "vocabulary shorter than the inputs",
            Workbench::textModel,
            "\"vocabulary\" : \" .acehmnost\"",
            "\"vocabulary\" : \" .acehmnos\"",
            "the vocabulary gives 10 outputs, but the network has 11 outputs"),
        contradiction(
            "more classes than outputs",
            Workbench::classModel,
            "\"labels\" : [ \"even\", \"odd\" ]",
            "\"labels\" : [ \"even\", \"none\", \"odd\" ]",
            "the labels give 3 outputs, but the network has 2 outputs"),
        contradiction(
            "most frequent class beyond the outputs",
            Workbench::classModel,
            "\"training_majority\" : \"",
            "\"training_majority\" : \"7",
            "but the network has outputs 0 to 1"),
        contradiction(
            "other hidden units in the configuration",
            Workbench::forecastModel,
            "\\n  hidden: [4]\\n",
            "\\n  hidden: [5]\\n",
            "the configuration has hidden [5], but the network has [4]"),
        contradiction(
            "other cell in the configuration",
            Workbench::forecastModel,
            "cell: lstm\\n",
            "cell: gru\\n",
            "the configuration has the cell gru, but the network has lstm"),
        contradiction(
            "other horizon in the configuration",
            Workbench::forecastModel,
            "horizon: 1\\n",
            "horizon: 2\\n",
            "the configuration has data.horizon 2, but the encoding 1"),
        spoilt(
            "configuration that is none",
            model -> consistently(model, "cell: lstm\\n", "cell: mgu\\n"),
            "model.cell",
            "'mgu'",
            "copy it again"),
        spoilt(
            "scaling of another column",
            model -> consistently(model, "\"column\" : \"x\"", "\"column\" : \"y\""),
            "model's encoding",
            "columns of 'inputs', [x]",
            "use a model directory"),
        new Mistake(
            "another network for a stored model",
            Mistake.USAGE,
            List.of("--set model", "hidden [5], but the network has [4]", "leave it out"),
            (bench, dir) ->
                List.of("evaluate", "--model", bench.forecastModel(), "--set", "model.hidden=[5]")),
        new Mistake(
            "another horizon for a stored model",
            Mistake.USAGE,
            List.of("--set data.horizon=2", "its data.horizon is 1", "leave it out"),
            (bench, dir) ->
                List.of("evaluate", "--model", bench.forecastModel(), "--set", "data.horizon=2")),
        new Mistake(
            "other targets for a stored model",
            Mistake.USAGE,
            List.of("--set data.targets=[t]", "its data.targets is [", "leave it out"),
            (bench, dir) ->
                Stream.concat(
                        predict(bench.forecastModel(), dir + "/absent.csv", dir).stream(),
                        Stream.of("--set", "data.targets=[t]"))
                    .toList()));
  }

  private static Stream<Mistake> otherData() {
    return Stream.of(
        Mistake.of(
            "unknown class label at evaluation",
            DATA,
            (bench, dir) -> {
              String json = "{\"id\":1,\"x\":[1,2],\"kind\":\"round\"}\n";
              String data = Workbench.file(dir, "data.json", json).toString();
              return List.of("evaluate", "--model", bench.classModel(), "--data", data);
            },
            "{dir}/data.json, sequence '1'",
            "'round'",
            "--set data.unknown=skip"),
        Mistake.of(
            "vectors of another width at evaluation",
            DATA,
            (bench, dir) -> {
              String json = "{\"id\":1,\"x\":[[1,2]],\"kind\":\"odd\"}\n";
              String data = Workbench.file(dir, "data.json", json).toString();
              return List.of("evaluate", "--model", bench.classModel(), "--data", data);
            },
            "{dir}/data.json",
            "2 in the data",
            "vectors of the same width"),
        Mistake.of(
            "unknown character at evaluation",
            DATA,
            (bench, dir) -> {
              String data = Workbench.file(dir, "data.txt", "the cat\nate? ").toString();
              return List.of("evaluate", "--model", bench.textModel(), "--data", data);
            },
            "{dir}/data.txt:1:8",
            "U+000A",
            "train on a text that holds them"),
        Mistake.of(
            "missing column at evaluation",
            DATA,
            (bench, dir) -> {
              String data = Workbench.file(dir, "data.csv", "id,t,y\na,1,1\na,2,1\n").toString();
              return List.of("evaluate", "--model", bench.forecastModel(), "--data", data);
            },
            "{dir}/data.csv",
            "'x'",
            "correct the column's name"),
        Mistake.of(
            "NaN in what is predicted from",
            DATA,
            (bench, dir) -> {
              String data = Workbench.file(dir, "data.csv", "id,t,x\na,1,1\na,2,NaN\n").toString();
              return predict(bench.forecastModel(), data, dir);
            },
            "{dir}/data.csv, data row 2, column x",
            "NaN",
            "correct the value"),
        Mistake.of(
            "kept column that is not there",
            DATA,
            (bench, dir) -> {
              List<String> command = predict(bench.forecastModel(), bench.table().toString(), dir);
              return Stream.concat(command.stream(), Stream.of("--keep", "id,tt")).toList();
            },
            "the data must have the column 'tt'",
            "found only [id, t, x",
            "did you mean 't'"),
        Mistake.of(
            "input not found",
            DATA,
            (bench, dir) -> predict(bench.forecastModel(), dir + "/absent.csv", dir),
            "{dir}/absent.csv",
            "at least one file",
            "correct the path"),
        Mistake.of(
            "nothing to evaluate on",
            DATA,
            (bench, dir) ->
                List.of(
                    "evaluate",
                    "--model",
                    bench.forecastModel(),
                    "--set",
                    "data.split={by: time, validation: 0, test: 0}"),
            "data.split",
            "a test or a validation part",
            "--data"));
  }

  private static Stream<Mistake> otherUses() {
    return Stream.of(
        use(
            "text from a forecast",
            (bench, dir) -> sample(bench.forecastModel(), "a"),
            "forecast/run/model",
            "table",
            "conf/char-lm.yaml"),
        use(
            "empty prime",
            (bench, dir) -> sample(bench.textModel(), ""),
            "--prime",
            "''",
            "first character"),
        use(
            "unknown character in the prime",
            (bench, dir) -> sample(bench.textModel(), "the d\u00fcck"),
            "character 5 of --prime",
            "3 others, 3 times in 8 characters",
            "remove or replace"),
        use(
            "table from a character model",
            (bench, dir) -> predict(bench.textModel(), bench.text().toString(), dir),
            "characters/run/model",
            "text",
            "use sample"),
        use(
            "output exists",
            (bench, dir) -> {
              Workbench.file(dir, "out.csv", "mine");
              return predict(bench.forecastModel(), bench.table().toString(), dir);
            },
            "{dir}/out.csv",
            "must not exist",
            "name another file"));
  }

  private static Mistake use(
      String title, Mistake.Command command, String place, String value, String remedy) {
    return Mistake.of(title, DATA, command, place, value, remedy);
  }

  private static List<String> sample(String model, String prime) {
    return List.of("sample", "--model", model, "--prime", prime);
  }

  private static List<String> predict(String model, String input, Path dir) {
    return List.of("predict", "--model", model, "--input", input, "--output", dir + "/out.csv");
  }

  private static Mistake spoilt(
      String title, Spoiler spoiler, String place, String value, String remedy) {
    return Mistake.of(
        title,
        DATA,
        (bench, dir) -> {
          Path copy = bench.copy(bench.forecastModel());
          spoiler.spoil(copy);
          return List.of("evaluate", "--model", copy.toString());
        },
        place,
        value,
        remedy);
  }

  /** A model whose description was changed in one of two places that must agree. */
  private static Mistake contradiction(
      String title, Source model, String from, String to, String told) {
    return Mistake.of(
        title,
        DATA,
        (bench, dir) -> {
          Path copy = bench.copy(model.of(bench));
          consistently(copy, from, to);
          return List.of("evaluate", "--model", copy.toString());
        },
        MODEL + " contradicts itself",
        told,
        "copy it again");
  }

  private static void truncate(Path model) throws IOException {
    byte[] bytes = Files.readAllBytes(model.resolve(WEIGHTS));
    Files.write(model.resolve(WEIGHTS), Arrays.copyOf(bytes, bytes.length - 8));
  }

  private static void flip(Path model) throws IOException {
    byte[] bytes = Files.readAllBytes(model.resolve(WEIGHTS));
    bytes[bytes.length - 3] ^= 1;
    Files.write(model.resolve(WEIGHTS), bytes);
  }

  private static void replace(Path model, String file, String from, String to) throws IOException {
    String text = Files.readString(model.resolve(file));
    if (!text.contains(from)) {
      throw new AssertionError(from + " is not in " + text);
    }
    Files.writeString(model.resolve(file), text.replace(from, to));
  }

  /** Changes the description, and the manifest with it. */
  private static void consistently(Path model, String from, String to) throws IOException {
    replace(model, MODEL, from, to);
    String text = Files.readString(model.resolve(MODEL));
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode manifest = (ObjectNode) mapper.readTree(model.resolve(MANIFEST).toFile());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ((ObjectNode) manifest.get("files").get(MODEL))
        .put("length", bytes.length)
        .put("sha256", sha256(bytes));
    // A manifest has one form, to the byte.
    String json = mapper.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n";
    Files.writeString(model.resolve(MANIFEST), json);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
