package io.hindsight.datasets.encoded;

import java.util.Optional;

/**
 * What the parts of the data have of one sequence. Whoever reads the data makes it, on the driver
 * or in a task, and it stands for itself.
 *
 * @param parts the sequence, or its beginning, once at most in each part
 * @param forecast its targets in original units, for numeric targets
 */
public record SplitSequence(EncodedData.Parts parts, Optional<Forecast> forecast) {}
