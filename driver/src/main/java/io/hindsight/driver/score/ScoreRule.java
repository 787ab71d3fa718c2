package io.hindsight.driver.score;

import java.io.Serializable;
import java.util.Optional;

/**
 * What is summed of scored targets beside the usual figures.
 *
 * @param blocks how errors are brought together in blocks; null where they are not
 * @param further whether figures are wanted that need more than errors and answers: relative and
 *     scaled errors, curves over thresholds, calibration
 * @param bySequence whether each sequence is wanted by itself
 * @param season steps of a season, by which errors are scaled; 0 without any
 * @param margins whether it is wanted how far targets lie outside of intervals
 */
public record ScoreRule(
    BlockRule blocks, boolean further, boolean bySequence, int season, boolean margins)
    implements Serializable {
  /** Nothing more. */
  public static final ScoreRule USUAL = new ScoreRule(null, false, false, 0, false);

  /** Further figures of data with such a season. */
  public static ScoreRule further(Optional<Integer> season) {
    return new ScoreRule(null, true, false, season.orElse(0), false);
  }

  /** The same in blocks, too. */
  public ScoreRule inBlocks(BlockRule rule) {
    return new ScoreRule(rule, further, bySequence, season, margins);
  }

  /** The same with each sequence by itself, too. */
  public ScoreRule withSequences() {
    return new ScoreRule(blocks, further, true, season, margins);
  }

  /** The usual figures, and what margins are chosen from. */
  static ScoreRule ofMargins() {
    return new ScoreRule(null, false, false, 0, true);
  }

  Optional<BlockRule> ofBlocks() {
    return Optional.ofNullable(blocks);
  }

  /** The season, where there is one. */
  public Optional<Integer> ofSeason() {
    return season == 0 ? Optional.empty() : Optional.of(season);
  }
}
