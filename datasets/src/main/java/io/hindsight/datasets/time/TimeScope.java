package io.hindsight.datasets.time;

import io.hindsight.datasets.TimeWindow;
import java.io.Serializable;
import java.time.ZoneId;

/**
 * That times must be points in time, and which rows are read by them.
 *
 * @param zone of times that do not tell theirs
 * @param window that rows must lie in to be read; null if all are read
 */
public record TimeScope(ZoneId zone, TimeWindow window) implements Serializable {}
