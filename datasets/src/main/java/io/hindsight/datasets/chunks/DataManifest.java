package io.hindsight.datasets.chunks;

import java.util.List;

/**
 * What stands beside the chunks of a table, written last: without it there is no data.
 *
 * @param facts all that is known of the table
 * @param section the data section that it was made by, with every default
 * @param source what it was made from, in the lines of a run's {@code source.jsonl}
 * @param chunks in the order of ids
 */
record DataManifest(TableFacts facts, String section, List<String> source, List<Chunk> chunks) {
  static final String NAME = "MANIFEST.json";
}
