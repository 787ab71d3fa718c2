package io.hindsight.datasets.fit;

import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.split.IdSplit;
import io.hindsight.datasets.split.SplitRule;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the bounds between the parts of a table that is fitted to. */
final class Division {
  private final TableData data;
  private final Set<String> absent;
  private final long[] hashes; // ascending, of those that take part

  private Division(TableData data, List<LeftOut> without, long seed) {
    this.data = data;
    absent = without.stream().map(LeftOut::id).collect(Collectors.toSet());
    long[] out = absent.stream().mapToLong(id -> IdSplit.Key.of(seed, id).hash()).toArray();
    Arrays.sort(out);
    hashes = without(data.hashes(), out);
  }

  /**
   * How a table is divided by ids.
   *
   * @param without sequences of it that take no part
   */
  static SplitRule of(TableData data, Split split, long seed, List<LeftOut> without) {
    Division division = new Division(data, without, seed);
    int n = division.hashes.length;
    return new SplitRule.ById(IdSplit.of(division::key, n, split), seed);
  }

  /** All but some, in order. */
  private static long[] without(long[] all, long[] some) {
    Arrays.sort(all);
    long[] rest = new long[all.length - some.length];
    int left = 0;
    int out = 0;
    for (long hash : all) {
      if (out < some.length && some[out] == hash) {
        out++;
      } else {
        rest[left++] = hash;
      }
    }
    return rest;
  }

  /** The key of a rank, or one between it and the key before; ids are asked for if none is. */
  private IdSplit.Key key(int rank) {
    long hash = hashes[rank];
    int first = rank;
    while (first > 0 && hashes[first - 1] == hash) {
      first--;
    }
    return new IdSplit.Key(hash, first == rank ? "" : id(hash, rank - first));
  }

  private String id(long hash, int rank) {
    return data.ids(hash).stream()
        .filter(id -> !absent.contains(id))
        .sorted()
        .skip(rank)
        .findFirst()
        .orElseThrow();
  }
}
