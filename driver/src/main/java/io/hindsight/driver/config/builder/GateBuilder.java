package io.hindsight.driver.config.builder;

import io.hindsight.driver.config.GateConfig;
import io.hindsight.driver.config.GateConfig.Baseline;
import io.hindsight.driver.config.GateConfig.Metric;
import io.hindsight.driver.config.section.ResolvedConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The {@code gate} section. */
public final class GateBuilder {
  private static final String DATA = "data";
  private static final String MODEL = "model";

  private final Keys keys;

  private GateBuilder(Keys keys) {
    this.keys = keys;
  }

  /** Of a new section. */
  public GateBuilder() {
    this(new Keys());
  }

  /** Of a section that is there, to change some of it. */
  public static GateBuilder from(GateConfig config) {
    return new GateBuilder(new Keys(ResolvedConfig.toMap(config)));
  }

  /** Limits of rows per row of the median of the last runs. */
  public GateBuilder rowsRatio(double more, double less) {
    keys.set(DATA, "rows-ratio", List.of(more, less));
    return this;
  }

  /** How long before the end of the window the newest row may be. */
  public GateBuilder freshness(Duration age) {
    keys.set(DATA, "freshness", age.toString());
    return this;
  }

  /** Share of a column's values that may be unusable. */
  public GateBuilder nullRate(double share) {
    keys.set(DATA, "null-rate", share);
    return this;
  }

  /** Most divergence of a column from the champion's data, in bits. */
  public GateBuilder drift(double bits) {
    keys.set(DATA, "drift", bits);
    return this;
  }

  /** Most that the share of a class may differ from the champion's data. */
  public GateBuilder labelShift(double share) {
    keys.set(DATA, "label-shift", share);
    return this;
  }

  /** Share of the champion's sequences that may be gone. */
  public GateBuilder lostSequences(double share) {
    keys.set(DATA, "lost-sequences", share);
    return this;
  }

  /** Fewest rows. */
  public GateBuilder minRows(long rows) {
    keys.set(DATA, "min-rows", rows);
    return this;
  }

  /** What of models is compared. */
  public GateBuilder metric(Metric metric) {
    keys.set(MODEL, "metric", metric);
    return this;
  }

  /** Largest error or loss. */
  public GateBuilder atMost(double error) {
    keys.set(MODEL, "at-most", error);
    return this;
  }

  /** Least accuracy. */
  public GateBuilder atLeast(double accuracy) {
    keys.set(MODEL, "at-least", accuracy);
    return this;
  }

  /** What the model must be better than; nothing, if none is named. */
  public GateBuilder beats(Baseline... baselines) {
    keys.set(MODEL, "beats", baselines.length == 0 ? "none" : Arrays.asList(baselines));
    return this;
  }

  /** Share by which the champion must be beaten; 0 is not worse beyond noise. */
  public GateBuilder championMargin(double share) {
    keys.set(MODEL, "champion-margin", share);
    return this;
  }

  /** Most times that the champion's error may be what it was when the champion was blessed. */
  public GateBuilder championDecay(double times) {
    keys.set(MODEL, "champion-decay", times);
    return this;
  }

  /** What the model may surely be worse than the champion by, as a share. */
  public GateBuilder negligible(double share) {
    keys.set(MODEL, "negligible", share);
    return this;
  }

  /** Most that the model may be worse than the champion, noise or not, as a share. */
  public GateBuilder tolerance(double share) {
    keys.set(MODEL, "tolerance", share);
    return this;
  }

  /** Confidence of the bounds that tell noise. */
  public GateBuilder confidence(double level) {
    keys.set(MODEL, "confidence", level);
    return this;
  }

  /** Other data that both are compared on: a path or a URI. */
  public GateBuilder golden(String location) {
    keys.set(MODEL, "golden", location);
    return this;
  }

  /** Most that a target, class or sequence may be worse than the champion's, as a share. */
  public GateBuilder slices(double share) {
    keys.set(MODEL, "slices", share);
    return this;
  }

  Map<String, Object> toMap() {
    return keys.toMap();
  }
}
