package io.hindsight.driver.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.report.chart.Digits;
import io.hindsight.driver.report.chart.Markup;
import java.util.ArrayList;
import java.util.List;

/**
 * A closer look at answers, as {@code examples.json} tells it: the newest steps of the sequence
 * that is answered best, worst and in the middle; how errors are distributed, and follow each
 * other; and the sequences whose true classes were least likely.
 */
final class ExamplePictures {
  private final JsonNode examples;
  private final boolean values; // else classes

  ExamplePictures(JsonNode examples) {
    this.examples = examples;
    values = examples.path("error").asText().equals("rmse");
  }

  void write(Markup page) {
    page.open("section").leaf("h2", "Examples");
    page.leaf("p", what(), "class", "note");
    page.open("div", "class", "pictures");
    for (JsonNode example : examples.path("examples")) {
      new ExamplePicture(example, values).chart(pooled()).draw(page);
    }
    page.close();
    (values ? shown() : leastLikely()).write(page);
    ErrorPictures errors = new ErrorPictures(examples);
    errors.write(page);
    lengths().write(page);
    page.close();
  }

  /** A word on which sequences these are. */
  private String what() {
    String all = Digits.text(examples.path("of_sequences").asDouble());
    String some = Digits.text(examples.path("sequences").asDouble());
    return "%s of %s sequences of the %s part, with %s targets. %s"
        .formatted(
            some,
            all,
            examples.path("part").asText(),
            Digits.text(examples.path("targets").asDouble()),
            unit());
  }

  private String unit() {
    if (!values) {
      return "The log loss is the mean of −log p, where p is the probability of the true class.";
    }
    return isScaled()
        ? "Errors are in the scaled units of the network, as targets have several units."
        : "";
  }

  private boolean isScaled() {
    return examples.path("unit").asText().equals("scaled");
  }

  private int pooled() {
    return examples.path("sequences").asInt();
  }

  private String error() {
    return values ? "RMSE" : "log loss";
  }

  /** The sequences of the pictures, with the only answer of those that have one. */
  private Table shown() {
    boolean single = isOfOneStep();
    List<String> header = new ArrayList<>(List.of("", "sequence", "length", "targets", error()));
    if (single) {
      header.addAll(List.of("truth", "answer"));
    }
    Table table = new Table(header);
    for (JsonNode of : examples.path("examples")) {
      List<String> cells = new ArrayList<>(List.of(of.path("which").asText()));
      cells.add(of.path("sequence").asText());
      for (String number : List.of("length", "targets", "error")) {
        cells.add(text(of.path(number)));
      }
      if (single) {
        cells.add(text(of.path("truths").path(0)));
        cells.add(text(of.path("answers").path(0)));
      }
      table.row(cells);
    }
    return table;
  }

  private boolean isOfOneStep() {
    for (JsonNode of : examples.path("examples")) {
      if (of.path("steps").size() != 1) {
        return false;
      }
    }
    return true;
  }

  private Table leastLikely() {
    Table table =
        new Table(
            "least likely truths", "right", "log loss", "at row", "truth", "its p", "answer", "p");
    for (JsonNode of : examples.path("least_likely")) {
      String right = "%s of %s".formatted(text(of.path("right")), text(of.path("targets")));
      table.row(
          List.of(
              of.path("sequence").asText(),
              right,
              text(of.path("error")),
              text(of.path("step")),
              visible(of.path("truth").asText()),
              text(of.path("probability")),
              visible(of.path("answer").asText()),
              text(of.path("answer_probability"))));
    }
    return table;
  }

  /** A class that is a blank or a line break would not be seen. */
  private static String visible(String name) {
    return name.isBlank() ? name.replace(' ', '␣').replace('\n', '⏎').replace('\t', '⇥') : name;
  }

  private Table lengths() {
    Table table = new Table("length of sequences", "sequences", "targets", error());
    if (examples.path("by_length").size() > 1) {
      for (JsonNode of : examples.path("by_length")) {
        table.row(
            List.of(
                "%s to %s".formatted(text(of.path("from")), text(of.path("to"))),
                text(of.path("sequences")),
                text(of.path("targets")),
                text(of.path("error"))));
      }
    }
    return table;
  }

  private static String text(JsonNode number) {
    return number.isNumber() ? Digits.text(number.asDouble()) : "–";
  }
}
