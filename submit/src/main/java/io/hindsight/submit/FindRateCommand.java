package io.hindsight.submit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.run.RateCurve;
import io.hindsight.driver.run.RateSearch;
import io.hindsight.submit.options.CommonOptions;
import io.hindsight.submit.options.ConfigArgument;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code find-rate CONFIG}: a learning rate that suits a configuration. */
@Command(
    name = "find-rate",
    description =
        "Find a learning rate: train a few steps while the rate grows, and take that at which the"
            + " loss fell fastest, or a tenth of that at which it was lowest. No run"
            + " directory is written.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight find-rate conf/quickstart.yaml",
      "  hindsight find-rate conf/quickstart.yaml --from 1e-4 --to 10 --json",
      "",
      "Reads the data as train does, with the same minibatches and optimizer. The figures are the"
          + " same on any number of executors."
    })
final class FindRateCommand implements Callable<Integer> {
  private static final int ROWS = 20;
  private static final int FEWEST = 30;

  @Spec private CommandSpec spec;
  @Mixin private ConfigArgument argument;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "100",
      description = "Steps from the first rate to the last, 30 or more; default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--from",
      paramLabel = "RATE",
      defaultValue = "1e-6",
      description = "The first rate; default: ${DEFAULT-VALUE}.")
  private double from;

  @Option(
      names = "--to",
      paramLabel = "RATE",
      defaultValue = "1",
      description = "The last rate; default: ${DEFAULT-VALUE}.")
  private double to;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() throws JsonProcessingException {
    if (steps < FEWEST) {
      throw wrong("--steps must be at least %d, but is %d; try 100".formatted(FEWEST, steps));
    }
    if (!(from > 0 && to > from && to < Double.POSITIVE_INFINITY)) {
      throw wrong(
          "--from must be above 0 and below --to, but they are %s and %s; try 1e-6 and 1"
              .formatted(from, to));
    }
    RateCurve curve =
        RateSearch.run(ConfigReader.read(argument.file(), common.overrides()), steps, from, to);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(json(curve)));
    } else {
      print(curve, out);
    }
    return 0;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static void print(RateCurve curve, PrintWriter out) {
    List<RateCurve.Point> points = curve.points();
    out.printf("%12s  %12s  %12s%n", "rate", "loss", "running mean");
    int every = Math.max(1, points.size() / ROWS);
    for (int i = 0; i < points.size(); i++) {
      RateCurve.Point point = points.get(i);
      if (i % every == 0 || i == points.size() - 1 || point == curve.lowest()) {
        out.printf(
            Locale.ROOT,
            "%12.3e  %12.6g  %12.6g%s%n",
            point.rate(),
            point.loss(),
            point.smoothed(),
            point == curve.lowest() ? "  lowest" : "");
      }
    }
    curve.end().ifPresent(out::println);
    out.println(advice(curve));
  }

  private static String advice(RateCurve curve) {
    if (curve.points().isEmpty()) {
      return "no step had a target: try more --steps";
    }
    if (curve.suggestion().isEmpty()) {
      return "no rate lowered the loss: try --from and --to further apart, or more --steps; then look"
          + " at the scale of the data";
    }
    String use =
        "learning rate: %s, as in --set training.optimizer.learning-rate=%1$s"
            .formatted(curve.suggestion().getAsDouble());
    return curve.isStillFalling()
        ? use + "; but the loss still fell at the highest rate, so try a larger --to"
        : use;
  }

  private static ObjectNode json(RateCurve curve) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    if (curve.suggestion().isPresent()) {
      json.put("learning_rate", curve.suggestion().getAsDouble());
    } else {
      json.putNull("learning_rate");
    }
    json.put("still_falling", curve.isStillFalling());
    json.put("diverged", curve.end().orElse(null));
    ArrayNode points = json.putArray("points");
    for (RateCurve.Point point : curve.points()) {
      points
          .addObject()
          .put("learning_rate", point.rate())
          .put("loss", point.loss())
          .put("smoothed", point.smoothed());
    }
    return json;
  }
}
