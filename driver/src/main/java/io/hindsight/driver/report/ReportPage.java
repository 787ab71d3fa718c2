package io.hindsight.driver.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.datasets.Excerpt;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.report.chart.Markup;
import io.hindsight.driver.report.run.RunFigures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * {@code report.html}: what a run came to, in the order in which people ask. The page is one file
 * without scripts; it follows the reader's light or dark colours, and can be printed.
 */
final class ReportPage {
  private static final int MOST_CHANGES = 50;
  private static final int LONGEST_CHANGE = 300; // UTF-16 units

  private final Markup page = new Markup();

  private ReportPage() {}

  /**
   * The page of a run, in UTF-8.
   *
   * @param blessing what gates say of its model; absent where none has judged it
   */
  static byte[] of(RunFigures run, Optional<Blessing> blessing) {
    return new ReportPage().write(run, blessing);
  }

  /** The page of a retraining that has not trained, in UTF-8. */
  static byte[] of(String name, Blessing blessing) {
    Markup page = new Markup();
    begin(page, name + " – Hindsight");
    page.leaf("h1", name);
    new GateVerdict(blessing).write(page);
    return end(page);
  }

  private byte[] write(RunFigures run, Optional<Blessing> blessing) {
    begin(page, run.config().name() + " – Hindsight");
    page.leaf("h1", run.config().name());
    blessing.ifPresent(of -> new GateVerdict(of).write(page));
    Verdict.of(run).write(page);
    run.status().ifPresent(status -> page.leaf("p", facts(run), "class", "note"));
    RunMetrics.of(run).write(page);
    new TrainingPictures(run).write(page);
    DiagnosisCourse course = new DiagnosisCourse(run.history().diagnoses());
    run.history().diagnosis().ifPresent(of -> new DiagnosisFigures(of, course).write(page));
    run.examples().ifPresent(of -> new ExamplePictures(of).write(page));
    run.evaluation().ifPresent(of -> new AnswerPictures(of).write(page));
    run.status().ifPresent(status -> new DataCard(status).write(page));
    page.open("section").leaf("h2", "Configuration");
    run.parent().ifPresent(of -> writeParent(page, of));
    page.open("details").leaf("summary", "With every default").leaf("pre", run.configText());
    page.close().close();
    return end(page);
  }

  /** What is configured otherwise than for the model that the run began with. */
  private static void writeParent(Markup page, JsonNode parent) {
    String version =
        parent.has("version") ? "version " + parent.get("version").asText() + ", " : "";
    page.leaf("p", "Trained further from " + version + parent.path("model").asText() + ".");
    JsonNode changed = parent.path("changed");
    if (!changed.isEmpty()) {
      page.open("ul");
      for (int i = 0; i < Math.min(MOST_CHANGES, changed.size()); i++) {
        page.leaf("li", Excerpt.line(changed.get(i).asText(), LONGEST_CHANGE));
      }
      page.close();
    }
  }

  private static String facts(RunFigures run) {
    var status = run.status().orElseThrow();
    return "%s, %d steps, weights %s, %s"
        .formatted(
            status.state(), status.steps(), status.weightsSha256().orElse("none"), run.location());
  }

  /** To the beginning of the body. */
  static void begin(Markup page, String title) {
    page.open("html", "lang", "en").open("head").single("meta", "charset", "utf-8");
    page.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.leaf("title", title).leaf("style", style()).close().open("body").open("main");
  }

  /** From the end of the body; all of the page in UTF-8. */
  static byte[] end(Markup page) {
    return (page.close().close().close() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String style() {
    try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the style of reports cannot be read", e);
    }
  }
}
