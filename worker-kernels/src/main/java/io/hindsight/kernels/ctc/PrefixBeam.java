package io.hindsight.kernels.ctc;

import io.hindsight.kernels.math.ScalarMath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The likeliest string, by a search that keeps some beginnings of strings at each step and sums the
 * probabilities of all their paths (Graves, <i>Supervised Sequence Labelling</i>, 2012, section
 * 7.5.3; Hannun et al. 2014). Of equally likely strings the shorter one, then the one with the
 * smaller labels comes first, so the answer is the same everywhere.
 */
public final class PrefixBeam {
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  private final int width;
  private final int size; // O
  private final int blank;

  /** Strings as labels in order, so that a map of them is always walked in the same order. */
  private record Prefix(List<Integer> labels) implements Comparable<Prefix> {
    @Override
    public int compareTo(Prefix other) {
      int shorter = Integer.compare(labels.size(), other.labels.size());
      for (int u = 0; u < labels.size() && shorter == 0; u++) {
        shorter = labels.get(u).compareTo(other.labels.get(u));
      }
      return shorter;
    }

    int last() {
      return labels.isEmpty() ? -1 : labels.get(labels.size() - 1);
    }

    Prefix and(int label) {
      List<Integer> longer = new ArrayList<>(labels);
      longer.add(label);
      return new Prefix(List.copyOf(longer));
    }
  }

  /** Logarithms of the probabilities of a prefix's paths. */
  private static final class Paths {
    private double toBlank = NEVER; // of those that end with a blank
    private double toLabel = NEVER; // of those that end with its last label

    double all() {
      return logSum(toBlank, toLabel);
    }
  }

  /**
   * A search.
   *
   * @param width beginnings that are kept, at least 1
   * @param size O, the last output the blank
   */
  public PrefixBeam(int width, int size) {
    if (width < 1) {
      throw new IllegalArgumentException("a beam is at least 1 wide, but is " + width);
    }
    this.width = width;
    this.size = size;
    blank = size - 1;
  }

  /**
   * Searches the string of some outputs.
   *
   * @param outputs probabilities // (T, O)
   * @return the labels // (U)
   */
  public int[] of(double[] outputs) {
    Map<Prefix, Paths> beam = new TreeMap<>();
    Paths start = new Paths();
    start.toBlank = 0;
    beam.put(new Prefix(List.of()), start);
    for (int from = 0; from < outputs.length; from += size) {
      beam = best(step(beam, logs(outputs, from)));
    }
    return likeliest(beam).labels.stream().mapToInt(Integer::intValue).toArray();
  }

  private double[] logs(double[] outputs, int from) {
    double[] logs = new double[size];
    for (int o = 0; o < size; o++) {
      logs[o] = ScalarMath.log(outputs[from + o]);
    }
    return logs;
  }

  private Map<Prefix, Paths> step(Map<Prefix, Paths> beam, double[] y) {
    Map<Prefix, Paths> next = new TreeMap<>();
    beam.forEach(
        (prefix, paths) -> {
          Paths same = next.computeIfAbsent(prefix, none -> new Paths());
          same.toBlank = logSum(same.toBlank, paths.all() + y[blank]);
          int last = prefix.last();
          if (last >= 0) {
            same.toLabel = logSum(same.toLabel, paths.toLabel + y[last]);
          }
          for (int label = 0; label < blank; label++) {
            double before = label == last ? paths.toBlank : paths.all();
            if (before > NEVER) {
              Paths longer = next.computeIfAbsent(prefix.and(label), none -> new Paths());
              longer.toLabel = logSum(longer.toLabel, before + y[label]);
            }
          }
        });
    return next;
  }

  private Map<Prefix, Paths> best(Map<Prefix, Paths> all) {
    if (all.size() <= width) {
      return all;
    }
    Map<Prefix, Paths> kept = new TreeMap<>();
    all.entrySet().stream()
        .sorted(byLikelihood())
        .limit(width)
        .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
    return kept;
  }

  private static Prefix likeliest(Map<Prefix, Paths> beam) {
    return beam.entrySet().stream().min(byLikelihood()).orElseThrow().getKey();
  }

  /** The likeliest first; of equal ones in the order of prefixes. */
  private static Comparator<Map.Entry<Prefix, Paths>> byLikelihood() {
    Comparator<Map.Entry<Prefix, Paths>> rising =
        Comparator.comparingDouble(entry -> entry.getValue().all());
    return rising.reversed().thenComparing(Map.Entry::getKey);
  }

  private static double logSum(double a, double b) {
    double max = Math.max(a, b);
    return max == NEVER ? max : max + ScalarMath.log(1 + ScalarMath.exp(Math.min(a, b) - max));
  }
}
